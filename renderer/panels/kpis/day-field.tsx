import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { isWithin, type DayBounds } from './change-days.ts';

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly bounds: DayBounds;
  readonly error: string | null;
  readonly onChange: (day: string) => void;
}

interface Typed {
  readonly answer: string;
  /** The value it was typed beside; another one takes its place. */
  readonly beside: string;
}

/** A day: what is typed on the way to one, such as the year 202, is not told to anybody. */
export function DayField({ label, value, bounds, error, onChange }: DayFieldProps) {
  const [typed, setTyped] = useState<Typed | null>(null);
  return (
    <TextInput
      type="date"
      size="xs"
      label={label}
      min={bounds.first}
      max={bounds.last}
      required
      withAsterisk={false}
      error={error}
      value={typed?.beside === value ? typed.answer : value}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const answer = event.currentTarget.value;
        const whole = isWithin(answer, bounds);
        setTyped({ answer, beside: whole ? answer : value });
        if (whole) onChange(answer);
      }}
    />
  );
}
