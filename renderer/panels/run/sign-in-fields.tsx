import { Select, Switch, TextInput } from '@mantine/core';
import { ErrorState } from '../../ui/error-state.tsx';
import { AuthorityFields } from './authority-fields.tsx';
import type { Authority } from './authority-state.ts';
import type { KafkaFields } from './job-inputs.ts';
import { PasswordFields } from './password-fields.tsx';
import classes from './run.module.css';
import type { PasswordState, SignInFields as Fields } from './sign-in-state.ts';
import type { Secrets } from './use-secrets.ts';

const mechanisms = [
  { value: 'none', label: 'Nobody (no login)' },
  { value: 'scram-sha-512', label: 'A user, by SCRAM-SHA-512' },
  { value: 'scram-sha-256', label: 'A user, by SCRAM-SHA-256' },
  { value: 'plain', label: 'A user, by PLAIN' },
] satisfies { value: Fields['mechanism']; label: string }[];

interface SignInProps {
  readonly fields: Pick<KafkaFields, 'ssl' | 'authority' | 'signIn'>;
  readonly authority: Authority;
  readonly state: PasswordState;
  readonly secrets: Secrets;
  readonly change: (change: Partial<KafkaFields>) => void;
}

/** How the brokers are talked to, and as whom. */
export function SignInFields({ fields, authority, state, secrets, change }: SignInProps) {
  const { ssl, signIn } = fields;
  const alter = (some: Partial<Fields>): void => change({ signIn: { ...signIn, ...some } });
  const { keeping, problem, busy, forget } = secrets;
  const notice = keeping.kind === 'known' ? keeping.standing.notice : null;
  return (
    <>
      <Switch
        label="Encrypted connection (TLS)"
        checked={ssl}
        onChange={(event) => change({ ssl: event.currentTarget.checked })}
      />
      {ssl ? (
        <AuthorityFields
          text={fields.authority}
          state={authority}
          onText={(text) => change({ authority: text })}
        />
      ) : null}
      <Select
        label="Sign in as"
        data={mechanisms}
        value={signIn.mechanism}
        allowDeselect={false}
        onChange={(value) =>
          alter({ mechanism: mechanisms.find((one) => one.value === value)?.value ?? 'none' })
        }
      />
      {signIn.mechanism === 'none' ? null : (
        <div className={classes['signIn']} role="group" aria-label="Sign in">
          <TextInput
            label="User"
            autoComplete="off"
            spellCheck={false}
            value={signIn.username}
            onChange={(event) => alter({ username: event.currentTarget.value, retype: false })}
          />
          <PasswordFields
            fields={signIn}
            state={state}
            busy={busy}
            change={alter}
            onForget={() => {
              alter({ retype: false });
              void forget(state.name);
            }}
          />
          {signIn.mechanism === 'plain' && !ssl ? (
            <p className={classes['careful']}>
              By PLAIN and without TLS the password crosses the network as it is typed.
            </p>
          ) : null}
          {notice === null ? null : <p className={classes['careful']}>{notice}</p>}
          {problem === null ? null : <ErrorState {...problem} />}
        </div>
      )}
    </>
  );
}
