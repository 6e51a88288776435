import { kafkaSecretName } from '../../../pipeline/contract/kafka-secret-name.ts';
import type { KafkaSasl, SecretsStanding } from '../../../pipeline/contract/secrets.ts';

export interface SignInFields {
  readonly mechanism: KafkaSasl['mechanism'] | 'none';
  readonly username: string;
  readonly password: string;
  readonly keep: boolean;
  /** Somebody would rather type a password than have the kept one used. */
  readonly retype: boolean;
}

export const noSignIn: SignInFields = {
  mechanism: 'none',
  username: '',
  password: '',
  keep: false,
  retype: false,
};

/** What the page knows of where passwords are kept. */
export type Keeping =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unknown'; readonly problem: string }
  | { readonly kind: 'known'; readonly standing: SecretsStanding };

/** Where the password of these brokers and this user comes from. */
export type PasswordState =
  | { readonly kind: 'kept'; readonly name: string; readonly keeper: string }
  | {
      readonly kind: 'typed';
      readonly name: string;
      /** Null where it can be kept; otherwise why not. */
      readonly obstacle: string | null;
      readonly keptOne: 'none' | 'passed-over' | 'unreadable';
    };

function obstacleIn(keeping: Keeping): string | null {
  switch (keeping.kind) {
    case 'asking':
      return 'Looking for a keychain.';
    case 'unknown':
      return `Whether there is one could not be found out: ${keeping.problem}`;
    case 'known': {
      const { keeper } = keeping.standing;
      return keeper.kind === 'none' ? `Not possible here: ${keeper.problem}` : null;
    }
  }
}

export function passwordState(
  fields: SignInFields,
  place: {
    readonly brokers: readonly string[];
    readonly ssl: boolean;
    readonly authority?: string | undefined;
  },
  keeping: Keeping,
): PasswordState {
  const { mechanism } = fields;
  const name = kafkaSecretName({ ...place, mechanism, username: fields.username.trim() });
  const standing = keeping.kind === 'known' ? keeping.standing : null;
  const found = standing?.kept.find((one) => one.name === name);
  const keeper = standing?.keeper.kind === 'keychain' ? standing.keeper.name : null;
  const isUsable = found?.readable === true && keeper !== null;
  if (isUsable && !fields.retype) return { kind: 'kept', name, keeper };
  return {
    kind: 'typed',
    name,
    obstacle: obstacleIn(keeping),
    keptOne: found === undefined ? 'none' : isUsable ? 'passed-over' : 'unreadable',
  };
}

export interface KeptSecret {
  readonly name: string;
  readonly value: string;
}

interface SignIn {
  /** To be kept before the job starts, which then uses the kept one. */
  readonly keep: KeptSecret | null;
  readonly sasl: KafkaSasl | null;
}

/** What the fields say, or null while one of them is missing. */
export function signIn(fields: SignInFields, state: PasswordState): SignIn | null {
  const { mechanism, password } = fields;
  if (mechanism === 'none') return { keep: null, sasl: null };
  const username = fields.username.trim();
  if (username === '' || (state.kind === 'typed' && password === '')) return null;
  const kept: KafkaSasl = { mechanism, username, password: { kind: 'kept' } };
  if (state.kind === 'kept') return { keep: null, sasl: kept };
  if (fields.keep && state.obstacle === null) {
    return { keep: { name: state.name, value: password }, sasl: kept };
  }
  return { keep: null, sasl: { ...kept, password: { kind: 'typed', value: password } } };
}
