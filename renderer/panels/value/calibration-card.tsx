import { IconRulerMeasure } from '@tabler/icons-react';
import { useMemo } from 'react';
import { calibrationLines } from '../../charts/calibration-lines.ts';
import { Chart } from '../../charts/chart.tsx';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { Card } from '../../ui/card.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import classes from './calibration.module.css';
import { calibrationSentence, type FittedClv } from './clv-words.ts';

type Calibration = NonNullable<FittedClv['calibration']>;

function Groups({ groups }: Pick<Calibration, 'groups'>) {
  return (
    <table className={classes['groups']}>
      <caption>Purchases of a customer in the hold-out, mean</caption>
      <thead>
        <tr>
          <th scope="col">Repeats before</th>
          <th scope="col">Customers</th>
          <th scope="col">Predicted</th>
          <th scope="col">Bought</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ repeats, customers, predicted, actual }) => (
          <tr key={repeats}>
            <th scope="row">{repeats}</th>
            <td>{formatCount(customers)}</td>
            <td>{predicted.toFixed(2)}</td>
            <td>{actual.toFixed(2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Lines({ groups }: Pick<Calibration, 'groups'>) {
  const theme = useChartTheme();
  const figure = useMemo(
    () =>
      calibrationLines({
        points: groups.map(({ repeats, customers, predicted, actual }) => ({
          group: repeats,
          predicted,
          actual,
          customers: plural(customers, 'customer'),
        })),
        xTitle: 'Repeat purchases before',
        yTitle: 'Purchases after, mean',
        theme,
      }),
    [groups, theme],
  );
  return (
    <Chart
      figure={figure}
      label="Purchases predicted and bought in the hold-out, by repeat purchases before; the values stand beside it"
      testId="clv-calibration"
      height={300}
    />
  );
}

/** How a fit that was not shown the latest purchases did on them. */
export function CalibrationCard({
  calibration,
  notCalibrated,
}: Pick<FittedClv, 'calibration' | 'notCalibrated'>) {
  if (calibration === null) {
    return (
      <Card title="Checked on a hold-out" testId="clv-check">
        <QuietState icon={<IconRulerMeasure size={26} />} title="Not checked" height={180}>
          {notCalibrated} Read the numbers above as unproven.
        </QuietState>
      </Card>
    );
  }
  const { groups } = calibration;
  return (
    <Card title="Checked on a hold-out" testId="clv-check">
      <p className={classes['sentence']}>{calibrationSentence(calibration)}</p>
      <div className={classes['check']}>
        <Lines groups={groups} />
        <Groups groups={groups} />
      </div>
      <p className={classes['note']}>
        Customers are grouped by how often they had come back before. Where the lines meet, the
        model promised what came; where predicted lies above, CLV is likely too high for such
        customers.
      </p>
    </Card>
  );
}
