import type { ReactNode } from 'react';
import { inputOf } from '../source/panel-parameters.ts';
import classes from './form.module.css';

interface FormFieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly wide?: boolean;
  /** Draws the control for a value that stands here. */
  readonly children: ReactNode;
}

/** A parameter: its control, or the input that sets it. */
export function FormField({ label, value, wide = false, children }: FormFieldProps) {
  const input = inputOf(value);
  return (
    <div className={classes['field']} data-wide={wide}>
      {input === null ? (
        children
      ) : (
        <>
          <span className={classes['label']}>{label}</span>
          <span className={classes['from']}>
            set by <code>{input}</code>
          </span>
        </>
      )}
    </div>
  );
}
