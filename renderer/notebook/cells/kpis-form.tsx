import { Checkbox, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { kpis } from '../../panels/kpis/kpi-definitions.ts';
import { textOf, textsOf } from '../source/panel-parameters.ts';
import type { PanelFormProps } from './chart-form.tsx';
import { FormField } from './form-field.tsx';
import classes from './form.module.css';

const all = kpis.map(({ field }) => field);

/** Which KPIs, as they stood on which day. */
export function KpisForm({ parameters, onChange }: PanelFormProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = parameters['kpis'] === undefined ? all : textsOf(parameters['kpis']);
  return (
    <div className={classes['form']}>
      <FormField label="As of" value={parameters['asOf']}>
        <TextInput
          type="date"
          size="xs"
          label="As of (newest if empty)"
          value={typed ?? textOf(parameters['asOf']) ?? ''}
          onBlur={() => setTyped(null)}
          onChange={(event) => {
            const day = event.currentTarget.value;
            const whole = day === '' || /^[1-9]\d{3}-\d{2}-\d{2}$/.test(day);
            setTyped(whole ? null : day);
            if (whole) onChange({ ...parameters, asOf: day === '' ? null : day });
          }}
        />
      </FormField>
      <FormField label="KPIs" value={parameters['kpis']} wide>
        <Checkbox.Group
          size="xs"
          label="KPIs"
          value={chosen}
          onChange={(fields) => {
            const next = all.filter((field) => fields.includes(field));
            if (next.length > 0) onChange({ ...parameters, kpis: next });
          }}
        >
          <Group gap={16} mt={7}>
            {kpis.map(({ field, title }) => (
              <Checkbox key={field} size="xs" value={field} label={title} />
            ))}
          </Group>
        </Checkbox.Group>
      </FormField>
    </div>
  );
}
