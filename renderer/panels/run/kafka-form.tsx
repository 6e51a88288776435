import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import type { JobInput } from '../../../pipeline/contract/schemas.ts';
import { keyOf, useAuthority } from './authority-state.ts';
import { brokerList, kafkaPlan, type KafkaFields, type KafkaPlan } from './job-inputs.ts';
import { PresetSelect, type Preset } from './preset-select.tsx';
import classes from './run.module.css';
import { SignInFields } from './sign-in-fields.tsx';
import { noSignIn, passwordState } from './sign-in-state.ts';
import { useSecrets } from './use-secrets.ts';

interface KafkaFormProps {
  readonly presets: readonly Preset[];
  readonly disabled: boolean;
  readonly onStart: (input: JobInput) => void;
}

const blank: KafkaFields = {
  brokers: '',
  topic: '',
  preset: '',
  from: 'earliest',
  timestamp: '',
  offset: null,
  ssl: false,
  authority: '',
  signIn: noSignIn,
};

const starts = [
  { value: 'earliest', label: 'The earliest record' },
  { value: 'latest', label: 'Only what comes from now on' },
  { value: 'timestamp', label: 'A time' },
  { value: 'offset', label: 'An offset' },
] satisfies { value: KafkaFields['from']; label: string }[];

interface FromProps {
  readonly fields: KafkaFields;
  readonly change: (change: Partial<KafkaFields>) => void;
}

function FromFields({ fields, change }: FromProps) {
  return (
    <>
      <Select
        label="Start a new topic at"
        data={starts}
        value={fields.from}
        allowDeselect={false}
        onChange={(value) =>
          change({ from: starts.find((s) => s.value === value)?.value ?? 'earliest' })
        }
      />
      {fields.from === 'timestamp' ? (
        <TextInput
          label="Time (UTC)"
          type="datetime-local"
          value={fields.timestamp}
          onChange={(event) => change({ timestamp: event.currentTarget.value })}
        />
      ) : null}
      {fields.from === 'offset' ? (
        <NumberInput
          label="Offset in each partition"
          min={0}
          allowDecimal={false}
          allowNegative={false}
          value={fields.offset ?? ''}
          onChange={(value) => change({ offset: typeof value === 'number' ? value : null })}
        />
      ) : null}
    </>
  );
}

export function KafkaForm({ presets, disabled, onStart }: KafkaFormProps) {
  const [fields, setFields] = useState(blank);
  const change = (some: Partial<KafkaFields>): void => setFields((old) => ({ ...old, ...some }));
  const { signIn } = fields;
  const authority = useAuthority(fields.ssl ? fields.authority : '');
  const secrets = useSecrets({ enabled: signIn.mechanism !== 'none' });
  const password = passwordState(
    signIn,
    { brokers: brokerList(fields.brokers), ssl: fields.ssl, authority: keyOf(authority) },
    secrets.keeping,
  );
  const plan = kafkaPlan(fields, { password, authority });
  const begin = async ({ keep, job }: KafkaPlan): Promise<void> => {
    if (keep !== null) {
      if (!(await secrets.keep(keep))) return;
      setFields((old) => ({ ...old, signIn: { ...old.signIn, password: '', retype: false } }));
    }
    onStart(job);
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (plan !== null && !disabled && !secrets.busy) void begin(plan);
      }}
    >
      <TextInput
        label="Brokers"
        placeholder="localhost:9092, other:9092"
        value={fields.brokers}
        onChange={(event) => change({ brokers: event.currentTarget.value })}
      />
      <SignInFields
        fields={fields}
        authority={authority}
        state={password}
        secrets={secrets}
        change={change}
      />
      <TextInput
        label="Topic"
        placeholder="bank-transactions"
        value={fields.topic}
        onChange={(event) => change({ topic: event.currentTarget.value })}
      />
      <PresetSelect
        presets={presets}
        value={fields.preset}
        onChange={(preset) => change({ preset })}
      />
      <FromFields fields={fields} change={change} />
      <p className={classes['words']}>
        A topic that was read before goes on where it stopped, each record exactly once.
      </p>
      <Button
        type="submit"
        disabled={disabled || plan === null || secrets.busy}
        leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
      >
        Read the topic
      </Button>
    </form>
  );
}
