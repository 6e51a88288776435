import { AppError } from '../contract/errors.ts';
import type { SecretsStanding } from '../contract/secrets.ts';
import type { SecretReply, SecretRequest } from './secret-messages.ts';
import type { SecretStore } from './secret-store.ts';

type Reply<Kind extends SecretReply['kind']> = Extract<SecretReply, { kind: Kind }>;

const gone = (): AppError =>
  new AppError('KEYCHAIN_FAILED', {
    problem: 'the desktop application ended before it had answered.',
  });

/** The host process's side: a store that asks another process. It may take as long as somebody looks at a prompt. */
export class AskedSecrets implements SecretStore {
  readonly #send: (id: string, request: SecretRequest) => void;
  readonly #pending = new Map<string, PromiseWithResolvers<SecretReply>>();
  #asked = 0;
  #closed = false;

  constructor(send: (id: string, request: SecretRequest) => void) {
    this.#send = send;
  }

  async standing(): Promise<SecretsStanding> {
    return (await this.#ask({ kind: 'standing' }, 'standing')).standing;
  }

  async keep(name: string, value: string): Promise<void> {
    await this.#ask({ kind: 'keep', name, value }, 'done');
  }

  async forget(name: string): Promise<void> {
    await this.#ask({ kind: 'forget', name }, 'done');
  }

  async reveal(name: string): Promise<string> {
    return (await this.#ask({ kind: 'reveal', name }, 'value')).value;
  }

  /** Takes a reply; one that nobody waits for any more is dropped. */
  receive(id: string, reply: SecretReply): void {
    this.#pending.get(id)?.resolve(reply);
    this.#pending.delete(id);
  }

  /** Nobody answers any more: rejects whatever is pending, and all that is asked after it. */
  close(): void {
    this.#closed = true;
    for (const { reject } of this.#pending.values()) reject(gone());
    this.#pending.clear();
  }

  async #ask<Kind extends SecretReply['kind']>(
    request: SecretRequest,
    expected: Kind,
  ): Promise<Reply<Kind>> {
    if (this.#closed) throw gone();
    this.#asked += 1;
    const id = String(this.#asked);
    const pending = Promise.withResolvers<SecretReply>();
    this.#pending.set(id, pending);
    this.#send(id, request);
    const reply = await pending.promise;
    if (reply.kind === 'failed') throw new AppError(reply.code, reply.details);
    if (reply.kind === expected) return reply as Reply<Kind>;
    throw new AppError('INTERNAL', { problem: `a secret was asked for and ${reply.kind} came` });
  }
}
