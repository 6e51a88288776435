import { Select, Skeleton, Switch } from '@mantine/core';
import { IconChartDots } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { scatterGroups } from '../../charts/scatter-groups.ts';
import { toProblem } from '../../host/problem.ts';
import { useScatter } from '../../host/queries/segments.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';
import { ScatterView } from './scatter-view.tsx';
import classes from './segments.module.css';

const features = [
  { value: 'recency_days', label: 'Recency, days' },
  { value: 'frequency', label: 'Frequency, orders' },
  { value: 'monetary', label: 'Monetary' },
  { value: 'aov', label: 'AOV' },
  { value: 'tenure_days', label: 'Tenure, days' },
];

const sample = 5000;

function title(feature: string): string {
  return features.find((known) => known.value === feature)?.label ?? feature;
}

interface AxisProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (feature: string) => void;
}

function Axis({ label, value, onChange }: AxisProps) {
  return (
    <div className={classes['axis']}>
      <label htmlFor={`axis-${label}`}>{label}</label>
      <Select
        id={`axis-${label}`}
        size="xs"
        w={160}
        data={features}
        value={value}
        allowDeselect={false}
        onChange={(chosen) => {
          if (chosen !== null) onChange(chosen);
        }}
      />
    </div>
  );
}

export function ScatterPanel() {
  const [x, setX] = useState('frequency');
  const [y, setY] = useState('monetary');
  const [log, setLog] = useState(true);
  const scatter = useScatter({ x, y, limit: sample });
  const data = scatter.data;
  const groups = useMemo(
    () => (data === undefined ? null : scatterGroups(data.bytes, data.x, data.y)),
    [data],
  );
  const controls = (
    <div className={classes['controls']}>
      <Axis label="x" value={x} onChange={setX} />
      <Axis label="y" value={y} onChange={setY} />
      <Switch
        size="xs"
        label="Log axes"
        checked={log}
        onChange={(event) => setLog(event.currentTarget.checked)}
      />
    </div>
  );
  return (
    <Card title="Customers by segment" aside={controls} busy={scatter.isFetching}>
      {scatter.error !== null ? (
        <ErrorState {...toProblem(scatter.error)} onRetry={() => void scatter.refetch()} />
      ) : data === undefined || groups === null ? (
        <Skeleton height={420} mt={8} />
      ) : groups.length === 0 ? (
        <QuietState icon={<IconChartDots size={26} />} title="No customers to draw" height={300}>
          Customers appear here when a segmentation has placed them.
        </QuietState>
      ) : (
        <ScatterView
          groups={groups}
          xTitle={title(data.x)}
          yTitle={title(data.y)}
          log={log}
          limit={sample}
        />
      )}
    </Card>
  );
}
