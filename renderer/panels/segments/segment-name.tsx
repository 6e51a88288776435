import { ActionIcon, TextInput } from '@mantine/core';
import { IconCheck, IconPencil, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useReducer, useRef } from 'react';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { toProblem } from '../../host/problem.ts';
import { useRenameSegment } from '../../host/queries/segments.ts';
import { type NameAction, nameReducer, type NameState } from './name-state.ts';
import classes from './segment-cards.module.css';

interface SegmentNameProps {
  readonly segmentId: number;
  readonly name: string;
}

interface EditorProps {
  readonly name: string;
  readonly state: Exclude<NameState, { kind: 'shown' }>;
  readonly dispatch: (action: NameAction) => void;
  readonly onSave: () => void;
}

function Editor({ name, state, dispatch, onSave }: EditorProps) {
  const saving = state.kind === 'saving';
  const problem = state.kind === 'editing' ? state.problem : null;
  const words = useId();
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') dispatch({ kind: 'give-up' });
  };
  return (
    <form
      className={classes['editor']}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <TextInput
        size="xs"
        aria-label={`New name of ${name}`}
        maxLength={60}
        autoFocus
        value={state.text}
        readOnly={saving}
        error={problem !== null}
        aria-describedby={problem === null ? undefined : words}
        onKeyDown={press}
        onChange={(event) => dispatch({ kind: 'type', text: event.currentTarget.value })}
      />
      <ActionIcon type="submit" size={30} aria-label="Save the name" loading={saving}>
        <IconCheck size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        size={30}
        variant="default"
        aria-label="Keep the name as it is"
        disabled={saving}
        onClick={() => dispatch({ kind: 'give-up' })}
      >
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
      {problem === null ? null : (
        <p id={words} role="alert">
          {problem.message} {problem.next}
        </p>
      )}
    </form>
  );
}

/** The name of a segment, which can be changed where it stands. */
export function SegmentName({ segmentId, name }: SegmentNameProps) {
  const [state, dispatch] = useReducer(nameReducer, { kind: 'shown' });
  const rename = useRenameSegment();
  const pencil = useRef<HTMLButtonElement>(null);
  const edited = useRef(false);
  const shown = state.kind === 'shown';
  useEffect(() => {
    // Whoever left the editor by keyboard goes on where they came from.
    if (shown && edited.current) pencil.current?.focus();
    edited.current = !shown;
  }, [shown]);
  const save = (): void => {
    const next = nameReducer(state, { kind: 'save', name });
    dispatch({ kind: 'save', name });
    if (next.kind !== 'saving') return;
    rename.mutate(
      { segmentId, name: next.text },
      {
        onSuccess: () => dispatch({ kind: 'saved' }),
        onError: (error) => dispatch({ kind: 'refused', problem: toProblem(error) }),
      },
    );
  };
  if (state.kind !== 'shown') {
    return <Editor name={name} state={state} dispatch={dispatch} onSave={save} />;
  }
  return (
    <h3 className={classes['name']}>
      <ClusterMark id={segmentId} />
      <span title={name}>{name}</span>
      <ActionIcon
        ref={pencil}
        size={24}
        variant="subtle"
        color="gray"
        aria-label={`Rename ${name}`}
        title="Rename"
        onClick={() => dispatch({ kind: 'edit', name })}
      >
        <IconPencil size={15} aria-hidden="true" />
      </ActionIcon>
    </h3>
  );
}
