import type { JobInfo } from '../../../pipeline/contract/schemas.ts';
import { hasEnded } from './job-state.ts';

export interface KnownEnds {
  /** Whether a list tells of ends not known before; those of the first are from before the page. */
  readonly listed: (jobs: readonly JobInfo[]) => boolean;
  /** Whether this end, seen as it happened, was not known before. */
  readonly seen: (id: string) => boolean;
}

/** The jobs whose end is known, so that each end is answered once, however it is heard of. */
export function knownEnds(): KnownEnds {
  const known = new Set<string>();
  let first = true;
  const seen = (id: string): boolean => known.size !== known.add(id).size;
  return {
    seen,
    listed: (jobs) => {
      const news = jobs.filter(({ id, last }) => hasEnded(last) && seen(id));
      const missed = !first && news.length > 0;
      first = false;
      return missed;
    },
  };
}
