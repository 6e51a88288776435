import { expect, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { AskedSecrets } from '../../pipeline/host/asked-secrets.ts';
import { answerSecret, type SecretRequest } from '../../pipeline/host/secret-messages.ts';
import type { SecretStore } from '../../pipeline/host/secret-store.ts';
import { MemorySecrets } from '../helpers/memory-secrets.ts';

/** A host process and a shell with JSON between them, as between real processes. */
function asking(store: SecretStore): AskedSecrets {
  const host = new AskedSecrets((id, request) => {
    const heard = JSON.parse(JSON.stringify(request)) as SecretRequest;
    void answerSecret(store, heard).then((reply) =>
      host.receive(id, JSON.parse(JSON.stringify(reply)) as typeof reply),
    );
  });
  return host;
}

test('what the shell keeps is kept, listed, given and forgotten as if it were here', async () => {
  const store = new MemorySecrets();
  const host = asking(store);
  await host.keep('a', 'one "quoted"\n❦');
  await host.keep('b', 'two');
  expect(await Promise.all([host.reveal('b'), host.reveal('a')])).toEqual([
    'two',
    'one "quoted"\n❦',
  ]);
  await host.forget('a');
  expect(await host.standing()).toEqual(await store.standing());
  expect(await host.reveal('a').catch(asAppError)).toMatchObject({
    code: 'SECRET_UNKNOWN',
    message: 'No password is kept for a.',
  });
});

test("what goes wrong in the shell arrives with its code and its details, a fault of the shell's own too", async () => {
  const store = new MemorySecrets();
  store.problem = 'it is locked.';
  const host = asking(store);
  const message = 'There is no keychain here that could keep a password: it is locked.';
  expect(await host.keep('a', 'x').catch(asAppError)).toMatchObject({
    code: 'KEYCHAIN_MISSING',
    message,
    details: { problem: 'it is locked.' },
  });
  store.reveal = () => Promise.reject(new TypeError('boom'));
  expect(await host.reveal('a').catch(asAppError)).toMatchObject({
    code: 'INTERNAL',
    details: { problem: 'boom' },
  });
});

test('when the shell is gone all that is pending is rejected, and so is what is asked later', async () => {
  const sent: string[] = [];
  const host = new AskedSecrets((id) => sent.push(id));
  const pending = [host.standing(), host.keep('a', 'x'), host.forget('a'), host.reveal('a')];
  const settled = Promise.all(pending.map((call) => call.catch((error: unknown) => error)));
  host.close();
  const codes = (await settled).map((error) => asAppError(error).code);
  expect(codes).toEqual(Array.from({ length: 4 }, () => 'KEYCHAIN_FAILED'));
  expect(await host.reveal('a').catch(asAppError)).toMatchObject({ code: 'KEYCHAIN_FAILED' });
  expect(sent).toEqual(['1', '2', '3', '4']);
  host.receive('4', { kind: 'value', value: 'too late' });
});
