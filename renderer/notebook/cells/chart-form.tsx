import { MultiSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNotebook, useOpenNotebook } from '../session/notebook-context.tsx';
import { notebookNames } from '../session/notebook-names.ts';
import { useTableColumns } from '../session/use-table-columns.ts';
import { textOf, textsOf, type PanelParameters } from '../source/panel-parameters.ts';
import { Choice, type ChoiceProps } from './choice.tsx';
import { FormField } from './form-field.tsx';
import classes from './form.module.css';

export interface PanelFormProps {
  readonly parameters: PanelParameters;
  readonly onChange: (parameters: PanelParameters) => void;
}

const types = [
  { value: 'bar', label: 'Bars' },
  { value: 'line', label: 'Lines' },
  { value: 'area', label: 'Areas' },
  { value: 'scatter', label: 'Points' },
  { value: 'histogram', label: 'Histogram' },
  { value: 'box', label: 'Boxes' },
  { value: 'heatmap', label: 'Heat map' },
];

const aggregates = [
  { value: 'none', label: 'Each row' },
  { value: 'count', label: 'Count' },
  { value: 'sum', label: 'Sum' },
  { value: 'mean', label: 'Mean' },
  { value: 'median', label: 'Median' },
  { value: 'min', label: 'Minimum' },
  { value: 'max', label: 'Maximum' },
];

/** The names there are, and those in use though nothing has them. */
function choices(names: readonly string[], used: readonly (string | null)[]): string[] {
  return [...new Set([...names, ...used.flatMap((name) => (name === null ? [] : [name]))])];
}

function TitleField({ parameters, onChange }: PanelFormProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      size="xs"
      label="Title"
      placeholder="none"
      value={typed ?? textOf(parameters['title']) ?? ''}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (typed !== null) onChange({ ...parameters, title: typed === '' ? null : typed });
        setTyped(null);
      }}
    />
  );
}

/** Tables there are and columns of the one that is drawn. */
function useNames(data: string | null): { tables: string[]; columns: string[] } {
  const { tables } = useOpenNotebook();
  const made = useNotebook((state) => [...notebookNames(state).tables.keys()].join('\n'));
  const columns = useTableColumns(data ?? '')?.map(({ name }) => name) ?? [];
  return {
    tables: choices([...(made === '' ? [] : made.split('\n')), ...tables], [data]),
    columns,
  };
}

/** What a chart draws, chosen from the tables and columns there are. */
export function ChartForm({ parameters, onChange }: PanelFormProps) {
  const data = textOf(parameters['data']);
  const { tables, columns } = useNames(data);
  const x = textOf(parameters['x']);
  const y = textsOf(parameters['y']);
  const colour = textOf(parameters['colour']);
  const set = (name: string, value: unknown): void => onChange({ ...parameters, [name]: value });
  const choice = (name: string, label: string, props: Omit<ChoiceProps, 'label' | 'onChange'>) => (
    <FormField label={label} value={parameters[name]}>
      <Choice {...props} label={label} onChange={(value) => set(name, value)} />
    </FormField>
  );
  return (
    <div className={classes['form']}>
      {choice('data', 'Data', { items: tables, value: data })}
      {choice('type', 'Type', { items: types, value: textOf(parameters['type']) ?? 'bar' })}
      {choice('x', 'Across (x)', { items: choices(columns, [x]), value: x })}
      <FormField label="Up (y)" value={parameters['y']} wide>
        <MultiSelect
          size="xs"
          label="Up (y)"
          searchable
          placeholder={y.length === 0 ? 'the rows themselves' : ''}
          data={choices(columns, y)}
          value={y}
          onChange={(value) => set('y', value)}
        />
      </FormField>
      {choice('aggregate', 'Rows of one x', {
        items: aggregates,
        value: textOf(parameters['aggregate']) ?? 'none',
      })}
      {choice('colour', 'Colour', {
        items: choices(columns, [colour]),
        none: 'one colour',
        value: colour,
      })}
      <FormField label="Title" value={parameters['title']} wide>
        <TitleField parameters={parameters} onChange={onChange} />
      </FormField>
    </div>
  );
}
