import { NumberInput } from '@mantine/core';
import { useState } from 'react';

interface NumberFieldProps {
  readonly label: string;
  /** Says the label to those who listen only, where there is no room to print it. */
  readonly quiet?: boolean;
  readonly size?: 'xs' | 'sm';
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Takes whole numbers only. */
  readonly whole?: boolean;
  readonly suffix?: string;
  /** A line between label and field. */
  readonly description?: string;
  readonly onChange: (value: number) => void;
}

interface Typed {
  readonly answer: number | string;
  /** The value it was typed beside; another one takes its place. */
  readonly beside: number;
}

/** A number of a range. What is being typed may be anything; only what lies within the range leaves the field. */
export function NumberField(props: NumberFieldProps) {
  const { label, quiet = false, size = 'xs', value, min, max, whole = false, onChange } = props;
  const [typed, setTyped] = useState<Typed | null>(null);
  return (
    <NumberInput
      size={size}
      {...(quiet ? { 'aria-label': label } : { label })}
      suffix={props.suffix ?? ''}
      {...(props.description === undefined ? {} : { description: props.description })}
      min={min}
      max={max}
      step={props.step ?? 1}
      allowDecimal={!whole}
      allowNegative={min < 0}
      value={typed?.beside === value ? typed.answer : value}
      onBlur={() => setTyped(null)}
      onChange={(answer) => {
        const within = typeof answer === 'number' && answer >= min && answer <= max;
        setTyped({ answer, beside: within ? answer : value });
        if (within) onChange(answer);
      }}
    />
  );
}
