import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { useOpenNotebook } from '../session/notebook-context.tsx';
import { withBody, type CellSource } from '../source/cell-source.ts';
import { readParameters, writeParameters } from '../source/panel-parameters.ts';
import { ChartForm, type PanelFormProps } from './chart-form.tsx';
import classes from './form.module.css';
import { KpisForm } from './kpis-form.tsx';
import { RecipeFields } from './recipe-fields.tsx';
import { TuningForm } from './tuning-form.tsx';

interface PanelProps {
  readonly cell: NotebookCell;
  readonly source: CellSource;
}

function Form({ kind, ...props }: PanelFormProps & { readonly kind: CellSource['kind'] }) {
  switch (kind) {
    case 'chart':
      return <ChartForm {...props} />;
    case 'tuning':
      return <TuningForm {...props} />;
    case 'kpis':
      return <KpisForm {...props} />;
    case 'features':
      return (
        <div className={classes['form']}>
          <RecipeFields {...props} />
        </div>
      );
    case 'markdown':
    case 'raw':
    case 'sql':
    case 'input':
    case 'javascript':
    case 'typescript':
    case 'setup':
    case 'foreign':
      return null;
  }
}

/** The parameters of a panel as fields; what they write is the cell's source. */
export function PanelForm({ cell, source }: PanelProps) {
  const { session } = useOpenNotebook();
  const parameters = readParameters(source.body);
  if (parameters === null) {
    return (
      <p className={classes['broken']} role="alert">
        The parameters cannot be read as JSON. Edit the source to mend them.
      </p>
    );
  }
  return (
    <Form
      kind={source.kind}
      parameters={parameters}
      onChange={(next) =>
        session.act(
          { kind: 'type', cell: cell.id, source: withBody(source, writeParameters(next)) },
          'now',
        )
      }
    />
  );
}
