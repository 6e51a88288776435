import type { ModelReport } from '../../contract/segmentation.ts';
import type { Connection } from '../../engine/engine.ts';
import { readModel, reportOn } from '../../segmentation/model-report.ts';
import type { StatisticsPool } from '../../work/statistics-tasks.ts';
import { orCancelled } from '../or-cancelled.ts';
import type { WarehouseReads } from '../../workspace/warehouse-reads.ts';

const what = 'The report of the segments';

/** What features and segments were made from, and what segments are called: this changes whenever a model's report does. */
async function standing(connection: Connection): Promise<string> {
  const found = await connection.rows(
    `select (select list({name: name, value: value} order by name) from ops.state where name in ('features', 'segments')) as state,
       (select max(model_version) from ops.models) as model,
       (select max(model_version) from ops.clv_models) as clv,
       (select list({id: segment_id, name: name} order by segment_id) from ops.segment_names) as names`,
  );
  return JSON.stringify(found);
}

interface Kept {
  readonly from: string;
  readonly report: Promise<ModelReport | null>;
}

/** The latest model's report, computed once for what the tables hold: of many customers it takes seconds. */
export class ModelReports {
  readonly #reads: WarehouseReads;
  readonly #pool: StatisticsPool;
  #kept: Kept | null = null;

  constructor(reads: WarehouseReads, pool: StatisticsPool) {
    this.#reads = reads;
    this.#pool = pool;
  }

  /** Null before the first model. The signal ends the wait; others may wait for the same report. */
  async latest(signal?: AbortSignal): Promise<ModelReport | null> {
    const from = await this.#reads.read({ what, signal }, standing);
    const { report } = this.#kept?.from === from ? this.#kept : this.#keep(from);
    return orCancelled(report, what, signal);
  }

  #keep(from: string): Kept {
    const kept: Kept = { from, report: this.#compute(from, () => this.#forget(kept)) };
    this.#kept = kept;
    kept.report.catch(() => this.#forget(kept));
    return kept;
  }

  #compute(from: string, onChanged: () => void): Promise<ModelReport | null> {
    return this.#reads.run({ what }, async (connection, signal) => {
      const { now, model } = await connection.transaction(async () => ({
        now: await standing(connection),
        model: await readModel(connection),
      }));
      if (now !== from) onChanged();
      return model === null ? null : reportOn(model, { pool: this.#pool, signal });
    });
  }

  #forget(kept: Kept): void {
    if (this.#kept === kept) this.#kept = null;
  }
}
