import type { JobStanding } from '../pipeline/host/node/desktop-host.ts';
import type { SecretReply, SecretRequest } from '../pipeline/host/secret-messages.ts';

/** What becomes of a run that is under way when its host is closed. */
export type RunningWork = 'finish' | 'cancel';

export interface HostFailure {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}

/** The shell to a host process. Calls of a page do not come this way: they go over ports of their own. */
export type ToHost =
  | { readonly kind: 'port'; readonly id: string }
  /** Only where no port can be handed over: what arrived on it. */
  | { readonly kind: 'relay'; readonly id: string; readonly data: RelayedData }
  | { readonly kind: 'relay-closed'; readonly id: string }
  | { readonly kind: 'secret'; readonly id: string; readonly reply: SecretReply }
  | { readonly kind: 'close'; readonly running: RunningWork };

export type FromHost =
  | { readonly kind: 'ready'; readonly name: string }
  | { readonly kind: 'failed'; readonly failure: HostFailure }
  | { readonly kind: 'job'; readonly standing: JobStanding }
  | { readonly kind: 'secret'; readonly id: string; readonly request: SecretRequest }
  | { readonly kind: 'relay'; readonly id: string; readonly data: RelayedData };

/** A message of a page through a channel that carries JSON only. */
export type RelayedData = { readonly text: string } | { readonly base64: string };

export function toRelayed(data: unknown): RelayedData {
  if (typeof data === 'string') return { text: data };
  if (data instanceof ArrayBuffer) return { base64: Buffer.from(data).toString('base64') };
  if (ArrayBuffer.isView(data)) {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return { base64: bytes.toString('base64') };
  }
  throw new TypeError(`A page sends text or bytes, not ${typeof data}.`);
}

export function fromRelayed(data: RelayedData): string | ArrayBuffer {
  if ('text' in data) return data.text;
  // A copy of its own: small buffers of Node share one.
  return new Uint8Array(Buffer.from(data.base64, 'base64')).buffer;
}
