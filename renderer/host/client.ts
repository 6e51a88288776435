import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../pipeline/contract/contract.ts';
import { AppError } from '../../pipeline/contract/errors.ts';
import type { Connection } from './connection.ts';

export type HostClient = ContractRouterClient<typeof contract>;

/** The contract's procedures over whichever wire is open at the moment of the call. */
export function hostClient(connection: Connection): HostClient {
  return createORPCClient<HostClient>({
    async call(path, input, options) {
      const wire = await connection.wire();
      try {
        return await wire.link.call(path, input, options);
      } catch (error) {
        if (options.signal?.aborted !== true && !connection.has(wire)) {
          throw new AppError('HOST_LOST', {}, { cause: error });
        }
        throw error;
      }
    },
  });
}
