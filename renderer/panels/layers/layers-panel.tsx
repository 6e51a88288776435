import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';
import { Card } from '../../ui/card.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { Conservation } from './conservation.tsx';
import classes from './layers.module.css';
import { QuarantineReasons } from './quarantine-reasons.tsx';

interface LayerCount {
  readonly layer: string;
  readonly rows: number;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

interface LayersPanelProps {
  readonly layers: readonly LayerCount[];
  readonly totals: WorkspaceStatus['totals'];
  readonly quarantine: WorkspaceStatus['quarantine'];
  readonly onTable: (table: string) => void;
}

const meaning: Readonly<Record<string, string>> = {
  raw: 'as it came',
  silver: 'typed and cleaned',
  features: 'one row a customer',
  gold: 'segments and KPIs',
};

function LayerBox({ layer, onTable }: { layer: LayerCount; onTable: (table: string) => void }) {
  return (
    <li className={classes['layer']} data-layer={layer.layer} data-testid={`layer-${layer.layer}`}>
      <div className={classes['layerHead']}>
        <h3>{layer.layer}</h3>
        <span>{meaning[layer.layer]}</span>
      </div>
      {layer.tables.length === 0 ? (
        <p className={classes['none']}>no tables yet</p>
      ) : (
        <ul className={classes['tables']}>
          {layer.tables.map((table) => (
            <li key={table.name}>
              <button
                type="button"
                title={`Show ${layer.layer}.${table.name} in the table`}
                onClick={() => onTable(`${layer.layer}.${table.name}`)}
              >
                <span>{table.name}</span>
                <b>{formatCount(table.rows)}</b>
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What is where: the four layers as data flows through them, and the sum that must add up. */
export function LayersPanel({ layers, totals, quarantine, onTable }: LayersPanelProps) {
  const rows = layers.reduce((sum, layer) => sum + layer.rows, 0);
  return (
    <Card
      title="From events to segments"
      testId="layers"
      aside={<span className={classes['rows']}>{plural(rows, 'row')} in four layers</span>}
    >
      <ol className={classes['flow']}>
        {layers.map((layer) => (
          <LayerBox key={layer.layer} layer={layer} onTable={onTable} />
        ))}
      </ol>
      <Conservation totals={totals} />
      <QuarantineReasons quarantine={quarantine} onTable={onTable} />
    </Card>
  );
}
