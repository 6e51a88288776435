import type { TrainOptions } from '../../../pipeline/contract/recipe.ts';
import { ExplainPanel } from './explain-panel.tsx';
import { MigrationPanel } from './migration-panel.tsx';
import { ModelPanel } from './model-panel.tsx';
import { ModelsPanel } from './models-panel.tsx';
import { ScatterPanel } from './scatter-panel.tsx';
import type { SegmentsValue } from './segments-value.ts';
import classes from './segments-view.module.css';

interface SegmentsViewProps {
  readonly value: SegmentsValue;
  readonly onChange: (value: SegmentsValue) => void;
  /** Trains anew with the options of the model; null while nothing can be started. */
  readonly onTrain: ((options: TrainOptions) => void) | null;
}

/** Who is in which segment and why, who moved, and the models behind it. */
export function SegmentsView({ value, onChange, onTrain }: SegmentsViewProps) {
  return (
    <div className={classes['view']} data-testid="segments-view">
      <ModelPanel onTrain={onTrain} />
      <ExplainPanel value={value.explain} onChange={(explain) => onChange({ ...value, explain })} />
      <ScatterPanel />
      <MigrationPanel
        value={value.migration}
        onChange={(migration) => onChange({ ...value, migration })}
      />
      <ModelsPanel value={value.models} onChange={(models) => onChange({ ...value, models })} />
    </div>
  );
}
