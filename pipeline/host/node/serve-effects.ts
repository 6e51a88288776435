import { randomBytes, randomUUID } from 'node:crypto';
import type { JobEffects } from '../jobs.ts';

export interface ServeEffects extends JobEffects {
  readonly newToken: () => string;
}

/** 256 random bits, in letters that may stand in a header, a subprotocol and an address. */
function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export const defaultServeEffects: ServeEffects = {
  now: () => new Date(),
  newId: randomUUID,
  newToken,
  logger: {
    error(message, error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`${message}: ${detail}\n`);
    },
  },
};
