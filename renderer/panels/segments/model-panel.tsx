import { IconUsersGroup } from '@tabler/icons-react';
import type { TrainOptions } from '../../../pipeline/contract/recipe.ts';
import type { ModelReport } from '../../../pipeline/contract/segmentation.ts';
import { toProblem } from '../../host/problem.ts';
import { useModel } from '../../host/queries/segments.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { plural } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import { DriftCard } from './drift-card.tsx';
import { EffectsHeatmap } from './effects-heatmap.tsx';
import { ModelLine } from './model-line.tsx';
import classes from './model-panel.module.css';
import { ModelSkeleton } from './model-skeleton.tsx';
import { RulesCard } from './rules-card.tsx';
import { SegmentCards } from './segment-cards.tsx';
import { useFeatureWords } from './use-feature-words.ts';

interface ModelPanelProps {
  /** Trains anew with the options of the model; null while nothing can be started. */
  readonly onTrain: ((options: TrainOptions) => void) | null;
}

interface ModelProps extends ModelPanelProps {
  readonly model: ModelReport;
  readonly busy: boolean;
}

function Model({ model, busy, onTrain }: ModelProps) {
  const words = useFeatureWords();
  const { segments, options } = model;
  const customers = segments.reduce((sum, segment) => sum + segment.customers, 0);
  return (
    <div className={classes['panel']} data-testid="model-panel">
      <Card
        title="Segments"
        busy={busy}
        aside={
          <span className={classes['count']}>
            {plural(customers, 'customer')} in {plural(segments.length, 'segment')}
          </span>
        }
      >
        <SegmentCards segments={segments} />
        <ModelLine model={model} label={words.label} />
      </Card>
      <Card title="What sets them apart" busy={busy}>
        <EffectsHeatmap segments={segments} unit={words.unit} />
      </Card>
      <div className={classes['pair']}>
        <RulesCard rules={model.rules} fidelity={model.fidelity} words={words} />
        <DriftCard
          drift={model.drift}
          label={words.label}
          onTrain={onTrain === null ? null : () => onTrain(options)}
        />
      </div>
    </div>
  );
}

/** The model that places customers now: its segments, what sets them apart, and whether it still fits. */
export function ModelPanel({ onTrain }: ModelPanelProps) {
  const { data, error, isFetching, refetch } = useModel();
  if (data === undefined) {
    if (error === null) return <ModelSkeleton />;
    return (
      <Card title="Segments">
        <ErrorState {...toProblem(error)} onRetry={() => void refetch()} />
      </Card>
    );
  }
  if (data === null) {
    return (
      <Card title="Segments" busy={isFetching}>
        <QuietState icon={<IconUsersGroup size={28} />} title="No segments yet" height={260}>
          Run the pipeline, or use a number of segments in Tuning: then every customer has a
          segment, and each segment its name and profile.
        </QuietState>
      </Card>
    );
  }
  return <Model model={data} busy={isFetching} onTrain={onTrain} />;
}
