import type { RunReport, StepCounts, TrainOptions } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { interruptible } from '../engine/interruptible.ts';
import { featureParameters, latestAsOf } from '../features/feature-parameters.ts';
import { latestModel } from '../segmentation/model-artifact.ts';
import { predict } from '../segmentation/predict.ts';
import { train } from '../segmentation/train.ts';
import { loadModels } from '../transform/node/load-models.ts';
import { runModel } from '../transform/run-model.ts';
import { keepHistory } from '../transform/scd2.ts';
import { silverStep } from '../transform/silver-step.ts';
import type { WorkspaceConfig } from '../workspace/config.ts';
import { defaultEffects, type RunEffects, RunLog, type StepResult } from './run-log.ts';
import { derivedFrom, readState, writeState } from './state.ts';

export interface RunProgress {
  readonly step: string;
  readonly message: string;
  readonly done?: number;
  readonly total?: number;
}

export interface RunContext {
  readonly connection: Connection;
  readonly config: WorkspaceConfig;
  readonly signal?: AbortSignal;
  readonly report?: (progress: RunProgress) => void;
  readonly effects?: RunEffects;
}

export type Step = 'silver' | 'features' | 'segments' | 'gold';

const counted = (rows: number): StepCounts => ({
  read: rows,
  accepted: rows,
  duplicate: 0,
  quarantined: 0,
  ignored: 0,
});

const kpiColumns = [
  'segment_name',
  'customers',
  'orders',
  'revenue',
  'clv_growth',
  'churn_rate',
  'aov',
  'contribution',
];

class PipelineRun {
  readonly #context: RunContext;
  readonly #connection: Connection;
  readonly #effects: RunEffects;
  #asOf: string | null = null;

  constructor(context: RunContext) {
    this.#context = context;
    this.#connection = context.connection;
    this.#effects = context.effects ?? defaultEffects;
  }

  async run(options: { steps: readonly Step[]; train?: TrainOptions }): Promise<RunReport> {
    const log = await RunLog.start(this.#connection, this.#effects);
    try {
      for (const step of options.steps) {
        await log.step(step, () => this.#step(step, log.runId, options.train));
      }
      return await log.finish(this.#asOf ?? (await latestAsOf(this.#connection)));
    } catch (error) {
      await log.fail(error);
      throw error;
    }
  }

  #step(step: Step, runId: number, trainOptions: TrainOptions | undefined): Promise<StepResult> {
    this.#context.signal?.throwIfAborted();
    switch (step) {
      case 'silver':
        return this.#silver(runId);
      case 'features':
        return this.#atomic(step, () => this.#features());
      case 'segments':
        return this.#segments(trainOptions);
      case 'gold':
        return this.#atomic(step, () => this.#gold());
    }
  }

  async #silver(runId: number): Promise<StepResult> {
    const { signal, report } = this.#context;
    report?.({ step: 'silver', message: 'Typing and cleaning records' });
    return silverStep(this.#connection, {
      models: loadModels('silver'),
      runId,
      now: this.#effects.now,
      ...(signal === undefined ? {} : { signal }),
      onProgress: (done, total) =>
        report?.({ step: 'silver', message: 'Typing and cleaning records', done, total }),
    });
  }

  async #features(): Promise<StepResult> {
    const asOf = await latestAsOf(this.#connection);
    this.#asOf = asOf;
    if (asOf === null) return 'skipped';
    const from = await derivedFrom(this.#connection, this.#context.config);
    if ((await readState(this.#connection, 'features')) === from) return 'skipped';
    this.#context.report?.({ step: 'features', message: 'Computing features' });
    const parameters = await featureParameters(this.#connection, asOf, this.#context.config.kpis);
    for (const model of loadModels('features')) {
      await runModel(this.#connection, model, { parameters });
    }
    await writeState(this.#connection, 'features', from);
    return counted(await this.#count('features.customer_features'));
  }

  async #segments(trainOptions: TrainOptions | undefined): Promise<StepResult> {
    if (this.#asOf === null) this.#asOf = await latestAsOf(this.#connection);
    if (this.#asOf === null) return 'skipped';
    const customers = await this.#count('features.customer_features');
    if (customers === 0) return 'skipped';
    const { signal, report, config } = this.#context;
    let model = await latestModel(this.#connection);
    if (model === null || trainOptions !== undefined) {
      report?.({ step: 'segments', message: 'Training segments' });
      const options = trainOptions ?? config.segmentation;
      // A handful of customers still gets segments, only fewer of them, unless a number was asked for.
      const k = trainOptions === undefined ? await this.#possibleK(options) : options.k;
      model = await train(
        this.#connection,
        { ...options, k },
        {
          now: this.#effects.now,
          ...(signal === undefined ? {} : { signal }),
          onProgress: (done, total) =>
            report?.({ step: 'segments', message: 'Training segments', done, total }),
        },
      );
    }
    const trained = model;
    return this.#atomic('segments', async () => {
      const features = await readState(this.#connection, 'features');
      const from = JSON.stringify({ features, model: trained.version });
      if ((await readState(this.#connection, 'segments')) === from) return 'skipped';
      report?.({ step: 'segments', message: 'Assigning customers to segments' });
      const rows = await predict(this.#connection, trained);
      await keepHistory(this.#connection, {
        table: 'gold.customer_segments',
        history: 'gold.customer_segments_history',
        key: 'customer_id',
        compared: ['segment_id', 'segment_name'],
        asOf: this.#asOf ?? '',
      });
      await writeState(this.#connection, 'segments', from);
      return counted(rows);
    });
  }

  async #possibleK(options: TrainOptions): Promise<number> {
    const columns = options.features.map((name) => `"${name}"`).join(', ');
    const [row] = await this.#connection.rows<{ n: number }>(
      `select count(*) as n from (select distinct ${columns} from features.customer_features limit ${options.k})`,
    );
    return Math.max(1, Math.min(options.k, row?.n ?? 1));
  }

  async #gold(): Promise<StepResult> {
    const asOf = this.#asOf ?? (await latestAsOf(this.#connection));
    if (asOf === null) return 'skipped';
    const segments = await readState(this.#connection, 'segments');
    const from = JSON.stringify({ segments, kpis: this.#context.config.kpis });
    if (segments === null || (await readState(this.#connection, 'gold')) === from) return 'skipped';
    this.#context.report?.({ step: 'gold', message: 'Computing KPIs' });
    const parameters = await featureParameters(this.#connection, asOf, this.#context.config.kpis);
    for (const model of loadModels('gold')) {
      await runModel(this.#connection, model, { parameters });
    }
    await keepHistory(this.#connection, {
      table: 'gold.segment_kpis',
      history: 'gold.segment_kpis_history',
      key: 'segment_id',
      compared: kpiColumns,
      asOf,
    });
    await writeState(this.#connection, 'gold', from);
    return counted(await this.#count('gold.customer_profiles'));
  }

  /** All of a step or nothing of it. */
  #atomic(step: Step, work: () => Promise<StepResult>): Promise<StepResult> {
    const { signal } = this.#context;
    return interruptible(this.#connection, { signal, what: `The step ${step}` }, () =>
      this.#connection.transaction(work),
    );
  }

  async #count(table: string): Promise<number> {
    const [row] = await this.#connection.rows<{ n: number }>(
      `select count(*) as n from duckdb_tables()
       where concat(schema_name, '.', table_name) = $table`,
      { table },
    );
    if (row?.n !== 1) return 0;
    const [rows] = await this.#connection.rows<{ n: number }>(`select count(*) as n from ${table}`);
    return rows?.n ?? 0;
  }
}

const everything: readonly Step[] = ['silver', 'features', 'segments', 'gold'];

/** Runs the steps in order, each only if something new lies before it; a failed step leaves what was there. */
export function runPipeline(
  context: RunContext,
  options: { steps?: readonly Step[]; train?: TrainOptions } = {},
): Promise<RunReport> {
  return new PipelineRun(context).run({ steps: everything, ...options });
}
