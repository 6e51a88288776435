import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useHost } from '../../host/host-context.tsx';
import { toProblem, type Problem } from '../../host/problem.ts';
import { queryKeys } from '../../host/queries/query-keys.ts';
import { useSecretsStanding } from '../../host/queries/workspace.ts';
import type { Keeping, KeptSecret } from './sign-in-state.ts';

export interface Secrets {
  readonly keeping: Keeping;
  readonly busy: boolean;
  /** Of the last attempt to keep or to forget. */
  readonly problem: Problem | null;
  /** Each says whether it went well. */
  readonly keep: (secret: KeptSecret) => Promise<boolean>;
  readonly forget: (name: string) => Promise<boolean>;
}

/** Where passwords are kept. No mutation of the query client: its cache would hold what was kept. */
export function useSecrets({ enabled }: { enabled: boolean }): Secrets {
  const { client } = useHost();
  const queries = useQueryClient();
  const { data, error } = useSecretsStanding({ enabled });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (thrown) {
      setProblem(toProblem(thrown));
      return false;
    } finally {
      // After a refusal, too: what stood there before may no longer hold.
      await queries.invalidateQueries({ queryKey: queryKeys.secrets });
      setBusy(false);
    }
  };

  const keeping: Keeping =
    data !== undefined
      ? { kind: 'known', standing: data }
      : error === null
        ? { kind: 'asking' }
        : { kind: 'unknown', problem: toProblem(error).message };
  return {
    keeping,
    busy,
    problem,
    keep: (secret) => attempt(() => client.secrets.keep(secret)),
    forget: (name) => attempt(() => client.secrets.forget({ name })),
  };
}
