import { useId } from 'react';
import classes from './form.module.css';

interface ChoiceItem {
  readonly value: string;
  readonly label: string;
}

export interface ChoiceProps {
  readonly label: string;
  readonly items: readonly (string | ChoiceItem)[];
  readonly value: string | null;
  /** What stands for no choice, where that is one. */
  readonly none?: string;
  readonly onChange: (value: string | null) => void;
}

/** One of a list, as the system draws it: a notebook has dozens of these. */
export function Choice({ label, items, value, none, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <>
      <label className={classes['label']} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={classes['select']}
        value={value ?? ''}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onChange(chosen === '' ? null : chosen);
        }}
      >
        {none !== undefined ? (
          <option value="">{none}</option>
        ) : value === null ? (
          <option value="" disabled>
            choose
          </option>
        ) : null}
        {items.map((item) => {
          const { value: known, label: words } =
            typeof item === 'string' ? { value: item, label: item } : item;
          return (
            <option key={known} value={known}>
              {words}
            </option>
          );
        })}
      </select>
    </>
  );
}
