import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './run.module.css';
import type { PasswordState, SignInFields } from './sign-in-state.ts';

interface PasswordFieldsProps {
  readonly fields: SignInFields;
  readonly state: PasswordState;
  readonly busy: boolean;
  readonly change: (change: Partial<SignInFields>) => void;
  readonly onForget: () => void;
}

/** The password of these brokers and this user: one that is kept, or a field to type one. */
export function PasswordFields({ fields, state, busy, change, onForget }: PasswordFieldsProps) {
  // Each button here makes way for the other state; the keyboard goes on there.
  const [moved, setMoved] = useState(false);
  const forget = (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      onClick={() => {
        setMoved(true);
        onForget();
      }}
    >
      Forget it
    </Button>
  );
  const pass = (retype: boolean): void => {
    setMoved(true);
    change({ retype, password: '' });
  };
  if (state.kind === 'kept') {
    return (
      <div className={classes['kept']} data-testid="kept-password">
        <p className={classes['keptWords']}>
          <IconKey size={15} aria-hidden="true" />
          The password is kept by {state.keeper}.
        </p>
        <div className={classes['keptButtons']}>
          <Button size="compact-sm" variant="default" autoFocus={moved} onClick={() => pass(true)}>
            Type another
          </Button>
          {forget}
        </div>
      </div>
    );
  }
  return (
    <>
      <PasswordInput
        label="Password"
        autoComplete="off"
        spellCheck={false}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        autoFocus={moved}
        classNames={{ error: classes['lost'] ?? '' }}
        error={
          state.keptOne === 'unreadable'
            ? 'The password that was kept can no longer be read here. Type it again.'
            : undefined
        }
        value={fields.password}
        onChange={(event) => change({ password: event.currentTarget.value })}
      />
      <Checkbox
        label="Keep the password in this computer's keychain"
        description={state.obstacle ?? undefined}
        disabled={state.obstacle !== null}
        checked={fields.keep && state.obstacle === null}
        onChange={(event) => change({ keep: event.currentTarget.checked })}
      />
      {state.keptOne === 'none' ? null : (
        <div className={classes['keptButtons']}>
          {state.keptOne === 'passed-over' ? (
            <Button size="compact-sm" variant="default" onClick={() => pass(false)}>
              Use the kept one
            </Button>
          ) : null}
          {forget}
        </div>
      )}
    </>
  );
}
