import { NativeSelect } from '@mantine/core';
import type { ChangeDays, DayBounds } from './change-days.ts';
import { changeKpiNames, changeKpis } from './change-kpis.ts';
import { DayField } from './day-field.tsx';
import classes from './kpi-change.module.css';
import type { KpiChangeValue } from './kpis-value.ts';

interface ChangeControlsProps {
  readonly value: KpiChangeValue;
  readonly onChange: (value: KpiChangeValue) => void;
  readonly days: ChangeDays;
  readonly bounds: DayBounds;
}

/** Which KPI, from which day to which. */
export function ChangeControls({ value, onChange, days, bounds }: ChangeControlsProps) {
  return (
    <div className={classes['controls']}>
      <NativeSelect
        size="xs"
        label="KPI"
        value={value.kpi}
        data={changeKpiNames.map((name) => ({ value: name, label: changeKpis[name].title }))}
        onChange={(event) => {
          const kpi = changeKpiNames.find((name) => name === event.currentTarget.value);
          if (kpi !== undefined) onChange({ ...value, kpi });
        }}
      />
      <DayField
        label="From"
        value={days.from}
        bounds={bounds}
        error={days.kind === 'refused' ? days.why : null}
        onChange={(from) => onChange({ ...value, from })}
      />
      <DayField
        label="To"
        value={days.to}
        bounds={bounds}
        error={null}
        onChange={(to) => onChange({ ...value, to })}
      />
    </div>
  );
}
