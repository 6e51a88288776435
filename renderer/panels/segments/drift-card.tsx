import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconEye, IconRefresh } from '@tabler/icons-react';
import { Card } from '../../ui/card.tsx';
import classes from './drift-card.module.css';
import {
  driftKind,
  type DriftKind,
  driftVerdict,
  type FeatureDrift,
  shiftedAbove,
  stableBelow,
} from './drift-verdict.ts';

interface DriftCardProps {
  readonly drift: readonly FeatureDrift[];
  readonly label: (feature: string) => string;
  /** Null while nothing can be started. */
  readonly onTrain: (() => void) | null;
}

/** The index at the right end of the scale; a longer bar ends there and says so by its number. */
const full = 0.5;

const percent = (index: number): string => `${(100 * Math.min(index, full)) / full}%`;

function VerdictIcon({ kind }: { kind: DriftKind }) {
  switch (kind) {
    case 'stable':
      return <IconCircleCheck size={18} aria-hidden="true" />;
    case 'moving':
      return <IconEye size={18} aria-hidden="true" />;
    case 'shifted':
      return <IconAlertTriangle size={18} aria-hidden="true" />;
  }
}

function DriftRow({ drift: { feature, index }, label }: { drift: FeatureDrift; label: string }) {
  const kind = driftKind(index);
  return (
    <tr data-kind={kind}>
      <th scope="row" title={feature}>
        {label}
      </th>
      <td className={classes['bar']} aria-hidden="true">
        <div>
          <i style={{ width: percent(index) }} />
          <em style={{ left: percent(stableBelow) }} />
          <em style={{ left: percent(shiftedAbove) }} />
        </div>
      </td>
      <td>{index.toFixed(2)}</td>
      <td className={classes['word']}>{kind}</td>
    </tr>
  );
}

/** How far today's customers have moved away from those that the model knows. */
export function DriftCard({ drift, label, onTrain }: DriftCardProps) {
  const verdict = driftVerdict(drift, label);
  return (
    <Card title="Drift since training" testId="segment-drift">
      <div className={classes['verdict']} data-kind={verdict.kind}>
        <VerdictIcon kind={verdict.kind} />
        <p>{verdict.sentence}</p>
        {verdict.kind === 'shifted' ? (
          <Button
            size="compact-sm"
            leftSection={<IconRefresh size={14} aria-hidden="true" />}
            disabled={onTrain === null}
            onClick={() => onTrain?.()}
          >
            Train again
          </Button>
        ) : null}
      </div>
      <table className={classes['drift']}>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <td className={classes['scale']} aria-hidden="true">
              <div>
                <span style={{ left: percent(stableBelow) }}>{stableBelow}</span>
                <span style={{ left: percent(shiftedAbove) }}>{shiftedAbove}</span>
              </div>
            </td>
            <th scope="col">Index</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {drift.map((found) => (
            <DriftRow key={found.feature} drift={found} label={label(found.feature)} />
          ))}
        </tbody>
      </table>
      <p className={classes['note']}>
        The population stability index compares how a feature’s values spread today and when the
        model was trained. Below 0.1 is stable, above 0.25 has shifted.
      </p>
    </Card>
  );
}
