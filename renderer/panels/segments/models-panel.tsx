import { Skeleton } from '@mantine/core';
import { IconVersions } from '@tabler/icons-react';
import type { ModelInfo } from '../../../pipeline/contract/segmentation.ts';
import { toProblem } from '../../host/problem.ts';
import { useModels } from '../../host/queries/models.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';
import { ModelComparison } from './model-comparison.tsx';
import classes from './models-panel.module.css';
import { ModelsTable } from './models-table.tsx';
import { comparedVersions, type ModelsValue } from './segments-value.ts';
import { useFeatureWords } from './use-feature-words.ts';

interface ModelsPanelProps {
  readonly value: ModelsValue;
  readonly onChange: (value: ModelsValue) => void;
}

function Models({ models, value, onChange }: ModelsPanelProps & { models: readonly ModelInfo[] }) {
  const { label } = useFeatureWords();
  const compared = comparedVersions(
    value,
    models.map(({ version }) => version),
  );
  return (
    <>
      <ModelsTable models={models} compared={compared} label={label} onPick={onChange} />
      {compared === null ? (
        <p className={classes['alone']}>
          Every model that is trained is kept. From the second on, any two can be compared here.
        </p>
      ) : (
        <ModelComparison from={compared.from} to={compared.to} />
      )}
    </>
  );
}

/** The models of the workspace, any two of which can be compared on today's customers. */
export function ModelsPanel({ value, onChange }: ModelsPanelProps) {
  const { data, error, isFetching, refetch } = useModels();
  return (
    <Card title="Models" busy={isFetching} testId="models-panel">
      {data === undefined ? (
        error === null ? (
          <Skeleton height={180} mt={10} />
        ) : (
          <ErrorState {...toProblem(error)} onRetry={() => void refetch()} />
        )
      ) : data.length === 0 ? (
        <QuietState icon={<IconVersions size={26} />} title="No model yet" height={160}>
          Each model that is trained stands here with its scores.
        </QuietState>
      ) : (
        <Models models={data} value={value} onChange={onChange} />
      )}
    </Card>
  );
}
