import { describe, expect, test } from 'vitest';
import type { SecretsStanding } from '../../pipeline/contract/secrets.ts';
import {
  type Keeping,
  noSignIn,
  passwordState,
  signIn,
  type SignInFields,
} from '../../renderer/panels/run/sign-in-state.ts';

const brokers = ['b:2', 'a:1'];
const name = 'kafka+tls+scram-sha-512://alice@a:1,b:2';
const place = { brokers, ssl: true };
const alice: SignInFields = { ...noSignIn, mechanism: 'scram-sha-512', username: ' alice ' };

function known(change: Partial<SecretsStanding> = {}): Keeping {
  const standing: SecretsStanding = {
    keeper: { kind: 'keychain', name: 'KWallet' },
    kept: [],
    notice: null,
    ...change,
  };
  return { kind: 'known', standing };
}

const kept = known({ kept: [{ name, readable: true }] });

describe('the password of brokers and a user', () => {
  test('is the kept one, until somebody would rather type another', () => {
    expect(passwordState(alice, place, kept)).toEqual({ kind: 'kept', name, keeper: 'KWallet' });
    expect(passwordState({ ...alice, retype: true }, place, kept)).toEqual({
      kind: 'typed',
      name,
      obstacle: null,
      keptOne: 'passed-over',
    });
  });

  test('is typed for other brokers, another user, and where the kept one can no longer be read', () => {
    const typed = { kind: 'typed', obstacle: null, keptOne: 'none' };
    expect(passwordState(alice, { brokers: ['a:1'], ssl: true }, kept)).toMatchObject(typed);
    expect(passwordState(alice, { brokers, ssl: false }, kept)).toMatchObject(typed);
    expect(passwordState({ ...alice, mechanism: 'plain' }, place, kept)).toMatchObject(typed);
    expect(passwordState({ ...alice, username: 'bob' }, place, kept)).toMatchObject(typed);
    const lost = known({ kept: [{ name, readable: false }] });
    expect(passwordState(alice, place, lost)).toMatchObject({ ...typed, keptOne: 'unreadable' });
    const locked = known({
      kept: [{ name, readable: true }],
      keeper: { kind: 'none', problem: 'it is locked.' },
    });
    expect(passwordState(alice, place, locked)).toMatchObject({
      kind: 'typed',
      obstacle: 'Not possible here: it is locked.',
      keptOne: 'unreadable',
    });
  });

  test('cannot be kept while nobody knows where', () => {
    const obstacle = (keeping: Keeping): unknown => {
      const state = passwordState(alice, place, keeping);
      return state.kind === 'typed' ? state.obstacle : null;
    };
    expect(obstacle({ kind: 'asking' })).toMatch(/looking/i);
    expect(obstacle({ kind: 'unknown', problem: 'The host is gone.' })).toContain(
      'The host is gone.',
    );
  });
});

describe('a login', () => {
  const state = passwordState(alice, place, known());
  const sasl = { mechanism: 'scram-sha-512', username: 'alice' };

  test('is none where none is asked for, and incomplete without user and password', () => {
    expect(signIn({ ...noSignIn, password: 'left over' }, state)).toEqual({
      keep: null,
      sasl: null,
    });
    expect(signIn(alice, state)).toBeNull();
    expect(signIn({ ...alice, username: ' ', password: 'x' }, state)).toBeNull();
  });

  test('sends what was typed as it is, once, unless it is to be kept', () => {
    const password = ' secret ';
    expect(signIn({ ...alice, password }, state)).toEqual({
      keep: null,
      sasl: { ...sasl, password: { kind: 'typed', value: password } },
    });
    expect(signIn({ ...alice, password, keep: true }, state)).toEqual({
      keep: { name, value: password },
      sasl: { ...sasl, password: { kind: 'kept' } },
    });
    // Ticked before it turned out that nothing can be kept.
    const obstacle = passwordState(alice, place, { kind: 'asking' });
    expect(signIn({ ...alice, password, keep: true }, obstacle)).toMatchObject({
      keep: null,
      sasl: { password: { kind: 'typed' } },
    });
  });

  test('with a kept password needs no typed one, and sends none', () => {
    const stays = passwordState(alice, place, kept);
    expect(signIn({ ...alice, password: 'left over', keep: true }, stays)).toEqual({
      keep: null,
      sasl: { ...sasl, password: { kind: 'kept' } },
    });
  });
});
