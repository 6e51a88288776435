import { NumberField } from '../../ui/number-field.tsx';
import { numberOf } from '../source/panel-parameters.ts';
import type { PanelFormProps } from './chart-form.tsx';
import { Choice } from './choice.tsx';
import { FormField } from './form-field.tsx';
import classes from './form.module.css';
import { RecipeFields } from './recipe-fields.tsx';

function ksOf(from: number, to: number): { value: string; label: string }[] {
  const count = Math.max(0, Math.min(49, to - from + 1));
  return Array.from({ length: count }, (_, at) => ({
    value: String(from + at),
    label: `k = ${from + at}`,
  }));
}

/** A range of k for a recipe, and which of them is looked at. */
export function TuningForm({ parameters, onChange }: PanelFormProps) {
  const from = numberOf(parameters['kMin'], 2);
  const to = numberOf(parameters['kMax'], 10);
  const { k } = parameters;
  const set = (name: string, value: unknown): void => onChange({ ...parameters, [name]: value });
  const number = (
    name: string,
    label: string,
    [value, min, max]: readonly [number, number, number],
  ) => (
    <FormField label={label} value={parameters[name]}>
      <NumberField
        label={label}
        whole
        min={min}
        max={max}
        value={value}
        onChange={(to) => set(name, to)}
      />
    </FormField>
  );
  return (
    <div className={classes['form']}>
      <RecipeFields parameters={parameters} onChange={onChange} />
      {number('kMin', 'k from', [from, 2, Math.max(2, to)])}
      {number('kMax', 'k to', [to, Math.min(50, from), 50])}
      <FormField label="Shown k" value={k}>
        <Choice
          label="Shown k"
          items={ksOf(from, to)}
          none="Recommended"
          value={typeof k === 'number' ? String(k) : null}
          onChange={(value) => set('k', value === null ? null : Number(value))}
        />
      </FormField>
      {number('restarts', 'Restarts', [numberOf(parameters['restarts'], 10), 1, 100])}
      {number('seed', 'Seed', [numberOf(parameters['seed'], 42), 0, 0xffff_ffff])}
    </div>
  );
}
