import { Button, NumberInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import type { JobInput } from '../../../pipeline/contract/schemas.ts';
import classes from './run.module.css';

interface FormProps {
  readonly disabled: boolean;
  readonly onStart: (input: JobInput) => void;
}

export function DemoForm({ disabled, onStart }: FormProps) {
  const [customers, setCustomers] = useState<number | string>(2000);
  const [seed, setSeed] = useState<number | string>(42);
  const complete = typeof customers === 'number' && customers >= 50 && typeof seed === 'number';
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onStart({ kind: 'demo', customers, seed });
      }}
    >
      <p className={classes['words']}>
        Generated customers, and everything that follows from them. The same seed makes the same
        data.
      </p>
      <div className={classes['pair']}>
        <NumberInput
          label="Customers"
          value={customers}
          onChange={setCustomers}
          min={50}
          max={1_000_000}
          step={1000}
          allowDecimal={false}
          thousandSeparator=","
        />
        <NumberInput
          label="Seed"
          value={seed}
          onChange={setSeed}
          min={0}
          allowDecimal={false}
          allowNegative={false}
        />
      </div>
      <Button
        type="submit"
        disabled={disabled || !complete}
        leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
      >
        Run the demo
      </Button>
    </form>
  );
}
