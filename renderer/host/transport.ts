import type { ClientContext, ClientLink } from '@orpc/client';

/** One living way to a host. When it ends, everything pending on it is rejected and `ended` resolves. */
export interface Wire {
  readonly link: ClientLink<ClientContext>;
  readonly ended: Promise<void>;
  close(): void;
}

/** What came of one attempt to reach a host. Refused: it is there, but does not accept this page. */
export type DialResult =
  | { readonly kind: 'open'; readonly wire: Wire }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable' };

/** A transport: a WebSocket here, a MessagePort in the desktop application. */
export type Dial = () => Promise<DialResult>;
