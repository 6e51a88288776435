import { openStatisticsPool } from '../../pipeline/work/browser/web-workers.ts';
import type { StatisticsPool } from '../../pipeline/work/statistics-tasks.ts';
import { cancelled, clusterings, sweptText } from './browser-clustering.ts';

/** What the test asks of the page. */
export interface Asked {
  readonly sharesMemory: boolean;
  clusterings(threads: number): Promise<string>;
  sweep(threads: number): Promise<string>;
  /** The code of a cancelled clustering, and what the same pool comes to after it. */
  afterCancelling(): Promise<{ code: unknown; after: string }>;
}

async function onPool(
  threads: number,
  work: (pool: StatisticsPool) => Promise<string>,
): Promise<string> {
  const pool = openStatisticsPool(threads);
  try {
    return await work(pool);
  } finally {
    pool.close();
  }
}

const asked: Asked = {
  sharesMemory: typeof SharedArrayBuffer === 'function',
  clusterings: (threads) => onPool(threads, clusterings),
  sweep: (threads) => onPool(threads, sweptText),
  async afterCancelling() {
    const pool = openStatisticsPool(2);
    try {
      return { code: await cancelled(pool), after: await clusterings(pool) };
    } finally {
      pool.close();
    }
  },
};

Object.assign(globalThis, { asked });
