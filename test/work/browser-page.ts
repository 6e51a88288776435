import { openStatisticsPool } from '../../pipeline/work/browser/web-workers.ts';
import { cancelled, clusterings } from './browser-clustering.ts';

/** What the test asks of the page. */
export interface Asked {
  readonly sharesMemory: boolean;
  clusterings(threads: number): Promise<string>;
  /** The code of a cancelled clustering, and what the same pool comes to after it. */
  afterCancelling(): Promise<{ code: unknown; after: string }>;
}

const asked: Asked = {
  sharesMemory: typeof SharedArrayBuffer === 'function',
  async clusterings(threads) {
    const pool = openStatisticsPool(threads);
    try {
      return await clusterings(pool);
    } finally {
      pool.close();
    }
  },
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
