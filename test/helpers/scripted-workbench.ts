import { AppError } from '../../pipeline/contract/errors.ts';
import type { KpiReport, TablePage, WorkspaceStatus } from '../../pipeline/contract/schemas.ts';
import type { Analysis } from '../../pipeline/host/analysis.ts';
import type { Notebooks } from '../../pipeline/host/notebooks/notebooks.ts';
import type { JobContext } from '../../pipeline/host/job-context.ts';
import type { Workbench } from '../../pipeline/host/workbench.ts';

export const sampleStatus: WorkspaceStatus = {
  path: '/somewhere/shop',
  name: 'shop',
  asOf: '2011-12-10',
  tables: [{ layer: 'raw', name: 'records', rows: 541_909 }],
  sources: [{ name: 'lines', kind: 'file', preset: 'online-retail', records: 541_909 }],
  quarantine: [{ reason: 'größer als 🛒', records: 3 }],
  totals: { read: 10, accepted: 4, duplicate: 3, quarantined: 2, ignored: 1 },
  pending: 0,
  lastRun: null,
  model: { version: 1, k: 4, features: ['recency_days'] },
  presets: [{ name: 'bank', description: 'Card payments' }],
};

/** Forty megabytes that compress badly and differ everywhere, in pieces of uneven length. */
export function* arrowLikePieces(): Generator<Uint8Array> {
  let state = 1;
  for (let sent = 0; sent < 40_000_000;) {
    const piece = new Uint8Array(Math.min(1_234_567, 40_000_000 - sent));
    const words = new Uint32Array(piece.buffer, 0, piece.byteLength >> 2);
    for (let at = 0; at < words.length; at++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      words[at] = state;
    }
    sent += piece.byteLength;
    yield piece;
  }
}

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new AppError('CANCELLED', { what: 'The query' }));
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

const silent: ProxyHandler<object> = {
  get: (_, name) => () => {
    throw new TypeError(`The script says nothing of ${String(name)}.`);
  },
};

/** A workbench without data behind the host under test: it says what a test tells it to, and notes what reaches it. */
export class ScriptedWorkbench implements Workbench {
  readonly pages: unknown[] = [];
  readonly sqlSignals: AbortSignal[] = [];
  /** No test here asks for these. */
  readonly analysis = new Proxy({}, silent) as Analysis;
  readonly notebooks = new Proxy({}, silent) as Notebooks;
  job: (context: JobContext) => Promise<string> = () => Promise.resolve('Nothing to do');

  status(): Promise<WorkspaceStatus> {
    return Promise.resolve(sampleStatus);
  }

  tablePage(input: { table: string; offset: number; limit: number }): Promise<TablePage> {
    this.pages.push(input);
    const { table } = input;
    if (table === 'no.such') throw new AppError('TABLE_UNKNOWN', { table });
    if (table === 'broken') throw new TypeError('the drawer is stuck');
    return Promise.resolve({ table, columns: [], rows: [[null, 'a', 1.5, true]], total: 1 });
  }

  /** Never answers: only the end of its transport ends a call of this. */
  kpiReport(): Promise<KpiReport> {
    return new Promise(() => {});
  }

  async *scatter(): AsyncGenerator<Uint8Array> {
    yield* arrowLikePieces();
  }

  async *sql({ signal }: { signal?: AbortSignal }): AsyncGenerator<Uint8Array> {
    if (signal !== undefined) this.sqlSignals.push(signal);
    yield new Uint8Array([1]);
    await untilAborted(signal);
  }

  runJob(_input: unknown, context: JobContext): Promise<string> {
    return this.job(context);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
