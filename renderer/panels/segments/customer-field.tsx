import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import type { ExampleCustomer } from './example-customers.ts';
import classes from './customer-field.module.css';

interface CustomerFieldProps {
  readonly customerId: string | null;
  readonly recent: readonly string[];
  readonly examples: readonly ExampleCustomer[];
  readonly busy: boolean;
  readonly onLook: (customerId: string) => void;
}

type ShortcutsProps = Pick<CustomerFieldProps, 'recent' | 'examples' | 'onLook'>;

/** Customers that need no typing: those looked at before, or one of each segment. */
function Shortcuts({ recent, examples, onLook }: ShortcutsProps) {
  if (recent.length === 0 && examples.length === 0) return null;
  return (
    <p className={classes['shortcuts']}>
      {recent.length > 0 ? (
        <>
          <span>Recent</span>
          {recent.map((id) => (
            <button key={id} type="button" onClick={() => onLook(id)}>
              {id}
            </button>
          ))}
        </>
      ) : null}
      {examples.length > 0 ? (
        <>
          <span>{recent.length > 0 ? 'or one of' : 'One of each segment'}</span>
          {examples.map(({ customerId, segmentId, segmentName }) => (
            <button
              key={segmentId}
              type="button"
              title={`${customerId}, one of ${segmentName}`}
              onClick={() => onLook(customerId)}
            >
              <ClusterMark id={segmentId} />
              {segmentName}
            </button>
          ))}
        </>
      ) : null}
    </p>
  );
}

/** Whom to explain: typed, or taken from those offered. */
export function CustomerField({ customerId, busy, onLook, ...offered }: CustomerFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<{ readonly of: string | null; readonly text: string }>({
    of: customerId,
    text: customerId ?? '',
  });
  // Another customer than the one that was typed over: the field follows.
  const text = draft.of === customerId ? draft.text : (customerId ?? '');
  const wanted = text.trim();
  return (
    <form
      className={classes['field']}
      role="search"
      aria-label="Customer to explain"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '') onLook(wanted);
      }}
    >
      <label htmlFor={id}>Customer</label>
      <TextInput
        id={id}
        size="sm"
        placeholder="Customer id"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setDraft({ of: customerId, text: event.currentTarget.value })}
      />
      <Button
        type="submit"
        size="sm"
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        disabled={wanted === ''}
        loading={busy}
      >
        Explain
      </Button>
      <Shortcuts {...offered} onLook={onLook} />
    </form>
  );
}
