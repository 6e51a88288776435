import { useId, useState } from 'react';
import type { InputValue } from '../../../pipeline/contract/notebook.ts';
import type { InputSource } from '../source/input-source.ts';
import classes from './input.module.css';

interface ControlProps {
  readonly id: string;
  readonly input: InputSource;
  readonly onValue: (value: InputValue) => void;
}

/** A slider shows what the hand does at once, whatever the host is busy with. */
function Slider({ id, input, onValue }: ControlProps) {
  const { control, value } = input;
  if (control.kind !== 'slider') return null;
  return (
    <>
      <input
        id={id}
        type="range"
        className={classes['slider']}
        min={control.min}
        max={control.max}
        step={control.step}
        value={Number(value)}
        onChange={(event) => onValue(event.currentTarget.valueAsNumber)}
      />
      <output className={classes['value']} htmlFor={id}>
        {String(value)}
      </output>
      <span className={classes['range']} aria-hidden="true">
        {control.min} to {control.max}
      </span>
    </>
  );
}

function Choice({ id, input, onValue }: ControlProps) {
  const { control, value } = input;
  if (control.kind !== 'select') return null;
  const known = control.options.some((option) => option === value);
  return (
    <select
      id={id}
      className={classes['field']}
      value={String(value)}
      onChange={(event) => {
        const chosen = control.options.find(
          (option) => String(option) === event.currentTarget.value,
        );
        if (chosen !== undefined) onValue(chosen);
      }}
    >
      {known ? null : <option value={String(value)}>{String(value)}</option>}
      {control.options.map((option) => (
        <option key={String(option)} value={String(option)}>
          {String(option)}
        </option>
      ))}
    </select>
  );
}

/** What is typed on the way to a day, such as the year 202, is not told to anybody. */
function Day({ id, input, onValue }: ControlProps) {
  const { control, value } = input;
  const [typed, setTyped] = useState<string | null>(null);
  if (control.kind !== 'date') return null;
  return (
    <input
      id={id}
      type="date"
      className={classes['field']}
      min={control.min}
      max={control.max}
      value={typed ?? String(value)}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const day = event.currentTarget.value;
        const { min = '0001', max = '9999' } = control;
        const whole = /^[1-9]\d{3}-\d{2}-\d{2}$/.test(day) && day >= min && day <= `${max}~`;
        setTyped(whole ? null : day);
        if (whole) onValue(day);
      }}
    />
  );
}

function Control(props: ControlProps) {
  const { id, input, onValue } = props;
  switch (input.control.kind) {
    case 'slider':
      return <Slider {...props} />;
    case 'select':
      return <Choice {...props} />;
    case 'date':
      return <Day {...props} />;
    case 'text':
      return (
        <input
          id={id}
          type="text"
          className={classes['field']}
          value={String(input.value)}
          onChange={(event) => onValue(event.currentTarget.value)}
        />
      );
    case 'checkbox':
      return (
        <input
          id={id}
          type="checkbox"
          className={classes['check']}
          checked={input.value === true}
          onChange={(event) => onValue(event.currentTarget.checked)}
        />
      );
  }
}

interface InputControlProps {
  readonly input: InputSource;
  readonly onValue: (value: InputValue) => void;
}

/** An input as the reader of a notebook meets it. */
export function InputControl({ input, onValue }: InputControlProps) {
  const id = useId();
  const { label } = input.control;
  return (
    <div className={classes['input']} data-kind={input.control.kind}>
      <label htmlFor={id}>
        {label ?? input.name}
        {label === undefined ? null : <code>{input.name}</code>}
      </label>
      <Control id={id} input={input} onValue={onValue} />
    </div>
  );
}
