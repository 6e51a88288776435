import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { kafkaSecretName } from '../../pipeline/contract/kafka-secret-name.ts';
import { kafkaLogin } from '../../pipeline/host/node/kafka-login.ts';
import { noSecretStore } from '../../pipeline/host/secret-store.ts';
import { MemorySecrets } from '../helpers/memory-secrets.ts';

const user = { mechanism: 'scram-sha-512', username: 'alice' } as const;
const secure = { ssl: true, mechanism: 'scram-sha-512' };
const kept = { ...user, password: { kind: 'kept' } } as const;

test('what was typed reaches the client as it is, with TLS and without, and no login is none', async () => {
  const typed = { ...user, password: { kind: 'typed', value: ' p@ss ' } } as const;
  const brokers = ['a:9093', 'b:9093'];
  expect(await kafkaLogin({ brokers, ssl: true, sasl: typed }, noSecretStore)).toEqual({
    brokers,
    ssl: true,
    sasl: { ...user, password: ' p@ss ' },
  });
  expect(await kafkaLogin({ brokers, ssl: false }, noSecretStore)).toEqual({ brokers, ssl: false });
});

test('a kept password goes to the brokers and for the user that it was kept for, and to no others', async () => {
  const secrets = new MemorySecrets();
  await secrets.keep(
    kafkaSecretName({ ...secure, brokers: ['b:2', 'A:1'], username: 'alice' }),
    'kept one',
  );
  const login = (brokers: string[], username = 'alice') =>
    kafkaLogin({ brokers, ssl: true, sasl: { ...kept, username } }, secrets).then(
      ({ sasl }) => sasl?.password,
      (error: unknown) => asAppError(error).code,
    );
  expect(await login(['a:1', 'b:2', 'a:1'])).toBe('kept one');
  for (const brokers of [['a:1'], ['b:2'], ['a:1', 'b:2', 'evil:1'], ['evil:1']]) {
    expect(await login(brokers)).toBe('SECRET_UNKNOWN');
  }
  expect(await login(['a:1', 'b:2'], 'alic')).toBe('SECRET_UNKNOWN');
  // What was kept for an encrypted sign-in is not sent in plain text, nor by a weaker mechanism.
  for (const weaker of [
    { ssl: false, sasl: kept },
    { ssl: true, sasl: { ...kept, mechanism: 'plain' as const } },
  ]) {
    const sent = kafkaLogin({ brokers: ['a:1', 'b:2'], ...weaker }, secrets);
    await expect(sent).rejects.toMatchObject({ code: 'SECRET_UNKNOWN' });
  }
});

test('a password that was kept for one authority goes to nobody whom another one vouches for', async () => {
  const [one = '', other = ''] = rootCertificates;
  const secrets = new MemorySecrets();
  const authority = new X509Certificate(one).fingerprint256.replaceAll(':', '').toLowerCase();
  const brokers = ['a:1'];
  const name = kafkaSecretName({ ...secure, brokers, username: 'alice', authority });
  await secrets.keep(name, 'kept one');
  const login = (ca: string | undefined, ssl = true): Promise<unknown> =>
    kafkaLogin({ brokers, ssl, ca, sasl: kept }, secrets).then(
      (options) => options,
      (error: unknown) => asAppError(error).code,
    );
  const known = { brokers, ssl: { ca: one }, sasl: { ...user, password: 'kept one' } };
  expect(await login(one)).toEqual(known);
  // With an authority a connection is always encrypted.
  expect(await login(one, false)).toEqual(known);
  expect(await login(other)).toBe('SECRET_UNKNOWN');
  expect(await login(`${one}\n${other}`)).toBe('SECRET_UNKNOWN');
  expect(await login(undefined)).toBe('SECRET_UNKNOWN');
  expect(await login('no certificate')).toBe('KAFKA_CA_INVALID');
});

test('no two logins share a name, whatever a user is called', () => {
  const name = (username: string, ...brokers: string[]): string =>
    kafkaSecretName({ ...secure, username, brokers });
  expect(name('alice', 'b:2', 'a:1', 'b:2')).toBe('kafka+tls+scram-sha-512://alice@a:1,b:2');
  expect(name('a@x', 'h:1')).not.toBe(name('a', 'x@h:1'));
  expect(name('a%40x', 'h:1')).not.toBe(name('a@x', 'h:1'));
  expect(name('Alice', 'h:1')).not.toBe(name('alice', 'h:1'));
});

test('a host without a keychain says so, and what to do, when a kept password is wanted', async () => {
  const brokers = ['a:1'];
  const refused = await kafkaLogin({ brokers, ssl: true, sasl: kept }, noSecretStore).catch(
    asAppError,
  );
  expect(refused).toMatchObject({
    code: 'KEYCHAIN_MISSING',
    next: 'Type the password for each ingest, or set $STRATA_KAFKA_PASSWORD for the command line.',
  });
  const { keeper } = await noSecretStore.standing();
  expect(keeper).toEqual({ kind: 'none', problem: expect.stringMatching(/desktop application/) });
});

test('a job that is cancelled does not wait for somebody at a prompt', async () => {
  const abort = new AbortController();
  const secrets = { reveal: () => new Promise<string>(() => {}) };
  const waiting = kafkaLogin({ brokers: ['a:1'], ssl: true, sasl: kept }, secrets, abort.signal);
  const code = waiting.catch((error: unknown) => asAppError(error).code);
  abort.abort();
  expect(await code).toBe('CANCELLED');
});
