import { asAppError, type ErrorCode, type ErrorDetails } from '../contract/errors.ts';
import type { SecretsStanding } from '../contract/secrets.ts';
import type { SecretStore } from './secret-store.ts';

/** What a host process asks the shell, which alone gets at a keychain. */
export type SecretRequest =
  | { readonly kind: 'standing' }
  | { readonly kind: 'keep'; readonly name: string; readonly value: string }
  | { readonly kind: 'forget'; readonly name: string }
  | { readonly kind: 'reveal'; readonly name: string };

export type SecretReply =
  | { readonly kind: 'standing'; readonly standing: SecretsStanding }
  | { readonly kind: 'done' }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly details: ErrorDetails };

async function answer(store: SecretStore, request: SecretRequest): Promise<SecretReply> {
  switch (request.kind) {
    case 'standing':
      return { kind: 'standing', standing: await store.standing() };
    case 'keep':
      await store.keep(request.name, request.value);
      return { kind: 'done' };
    case 'forget':
      await store.forget(request.name);
      return { kind: 'done' };
    case 'reveal':
      return { kind: 'value', value: await store.reveal(request.name) };
  }
}

/** The shell's side: never rejects, since an error has to travel as a reply. */
export async function answerSecret(
  store: SecretStore,
  request: SecretRequest,
): Promise<SecretReply> {
  try {
    return await answer(store, request);
  } catch (error) {
    const { code, details } = asAppError(error);
    return { kind: 'failed', code, details };
  }
}
