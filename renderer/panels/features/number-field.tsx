import { NumberInput } from '@mantine/core';
import { useState } from 'react';

interface NumberFieldProps {
  readonly label: string;
  /** Says the label to those who listen only, where there is no room to print it. */
  readonly quiet?: boolean;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly suffix?: string;
  readonly onChange: (value: number) => void;
}

interface Typed {
  readonly answer: number | string;
  /** The value it was typed beside; another one takes its place. */
  readonly beside: number;
}

/** A number of a range: what is typed on the way to one, such as the 9 of 95, is not told to anybody. */
export function NumberField(props: NumberFieldProps) {
  const { label, quiet = false, value, min, max, step, suffix = '', onChange } = props;
  const [typed, setTyped] = useState<Typed | null>(null);
  return (
    <NumberInput
      size="xs"
      {...(quiet ? { 'aria-label': label } : { label })}
      suffix={suffix}
      min={min}
      max={max}
      step={step}
      value={typed?.beside === value ? typed.answer : value}
      onBlur={() => setTyped(null)}
      onChange={(answer) => {
        const whole = typeof answer === 'number' && answer >= min && answer <= max;
        setTyped({ answer, beside: whole ? answer : value });
        if (whole) onChange(answer);
      }}
    />
  );
}
