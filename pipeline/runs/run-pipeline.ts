import { AppError } from '../contract/errors.ts';
import type { TrainOptions } from '../contract/recipe.ts';
import type { RunReport, StepCounts } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { interruptible } from '../engine/interruptible.ts';
import { tableExists } from '../engine/table-exists.ts';
import { withRoom } from '../engine/with-room.ts';
import { latestClv } from '../features/clv-artifact.ts';
import { dayParameters, featureParameters, latestAsOf } from '../features/feature-parameters.ts';
import { latestModel } from '../segmentation/model-store.ts';
import { predict } from '../segmentation/predict.ts';
import {
  featureColumn,
  featuresFrom,
  requireFeatures,
  requireTreatable,
} from '../segmentation/feature-catalogue.ts';
import { assignTiers, checkTiers } from '../segmentation/tiers.ts';
import type { StatisticsPool } from '../work/statistics-tasks.ts';
import { loadModels } from '../transform/node/load-models.ts';
import { ownFault } from '../transform/own-fault.ts';
import { runModel } from '../transform/run-model.ts';
import { keepHistory } from '../transform/scd2.ts';
import { silverStep } from '../transform/silver-step.ts';
import { thenWritingAsUsual, writingTables } from '../transform/writing-tables.ts';
import type { WorkspaceConfig } from '../workspace/config.ts';
import { exportModel } from './export-model.ts';
import { growingCategories } from './growing-categories.ts';
import { growingFeatures, growingGold } from './growing.ts';
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
  /** The workspace's folder, where trained models are put; nowhere if it is left out. */
  readonly folder?: string;
  readonly signal?: AbortSignal;
  readonly report?: (progress: RunProgress) => void;
  readonly effects?: RunEffects;
  /** For a training: what to call the clusters, by falling mean monetary. */
  readonly names?: readonly (string | null)[];
  /** Threads for what takes long; without them it runs on the caller's. */
  readonly pool?: StatisticsPool;
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
    if (options.train === undefined && options.steps.includes('segments')) {
      requireTreatable(this.#context.config.segmentation);
    }
    const log = await RunLog.start(this.#connection, this.#effects);
    try {
      for (const step of options.steps) {
        const work = () => this.#step(step, log.runId, options.train);
        await log.step(step, () => ownFault(`the step ${step}`, work));
      }
      const { folder } = this.#context;
      if (folder !== undefined) await exportModel(this.#connection, folder);
      return await log.finish(this.#asOf ?? (await latestAsOf(this.#connection)));
    } catch (error) {
      await log.fail(error);
      throw error;
    }
  }

  async #step(
    step: Step,
    runId: number,
    trainOptions: TrainOptions | undefined,
  ): Promise<StepResult> {
    if (this.#context.signal?.aborted === true) {
      throw new AppError('CANCELLED', { what: `The step ${step}` });
    }
    switch (step) {
      case 'silver':
        return this.#silver(runId);
      case 'features':
        return this.#atomic(step, () => this.#features());
      case 'segments':
        // Training is part of the step: a model whose customers could not be assigned is not kept.
        return this.#atomic(step, () => this.#segments(trainOptions));
      case 'gold':
        return this.#atomic(step, () => this.#gold());
    }
  }

  async #silver(runId: number): Promise<StepResult> {
    const { signal, report } = this.#context;
    report?.({ step: 'silver', message: 'Typing and cleaning records' });
    const counts = await silverStep(this.#connection, {
      models: loadModels('silver'),
      runId,
      now: this.#effects.now,
      ...(signal === undefined ? {} : { signal }),
      onProgress: (done, total) =>
        report?.({ step: 'silver', message: 'Typing and cleaning records', done, total }),
    });
    return counts.read === 0 ? 'skipped' : counts;
  }

  async #features(): Promise<StepResult> {
    const asOf = await latestAsOf(this.#connection);
    this.#asOf = asOf;
    if (asOf === null) return 'skipped';
    const from = await derivedFrom(this.#connection, this.#context.config);
    if ((await readState(this.#connection, 'features')) === from) return 'skipped';
    this.#context.report?.({ step: 'features', message: 'Computing features' });
    const { kpis } = this.#context.config;
    const found = await growingCategories(this.#connection);
    const { categories } = found;
    const parameters = await featureParameters(this.#connection, asOf, { ...kpis, categories });
    const day = { asOf, periodDays: kpis.periodDays, parameters };
    const { options, keep } = await growingFeatures(this.#connection, day);
    for (const model of loadModels('features')) await runModel(this.#connection, model, options);
    await keep();
    await found.keep();
    await this.#predictedClv(asOf);
    await writeState(this.#connection, 'features', from);
    return counted(await this.#count('features.customer_features'));
  }

  /** Predicted CLV is fitted when its owner asks for it, and from then on follows the data. */
  async #predictedClv(asOf: string): Promise<void> {
    const kept = await latestClv(this.#connection);
    if (kept === null) return;
    const { pool, signal } = this.#context;
    const { predictClv } = await import('../features/predict-clv.ts');
    await predictClv(this.#connection, kept.model, { asOf, pool, signal });
  }

  async #segments(trainOptions: TrainOptions | undefined): Promise<StepResult> {
    const asOf = await this.#featuresAsOf();
    if (asOf === null) {
      // Whoever asked for segments must not be told that all went well.
      if (trainOptions !== undefined) throw new AppError('NO_CUSTOMERS');
      return 'skipped';
    }
    const { signal, report, config } = this.#context;
    // What gold would stumble over stops before anything is trained.
    await checkTiers(this.#connection, config.tiers);
    let model = await latestModel(this.#connection);
    if (model === null || trainOptions !== undefined) {
      report?.({ step: 'segments', message: 'Training segments' });
      const options = trainOptions ?? config.segmentation;
      // A handful of customers still gets segments, only fewer of them, unless a number was asked for.
      const k = trainOptions === undefined ? await this.#possibleK(options) : options.k;
      // Most runs train nothing, and need not wait for all of K-Means to be read.
      const { train } = await import('../segmentation/train.ts');
      model = await train(
        this.#connection,
        { ...options, k },
        {
          now: this.#effects.now,
          pool: this.#context.pool,
          names: this.#context.names,
          signal,
          onProgress: (done, total) =>
            report?.({ step: 'segments', message: 'Training segments', done, total }),
        },
      );
    }
    const features = await readState(this.#connection, 'features');
    const from = JSON.stringify({ features, model: model.version });
    if ((await readState(this.#connection, 'segments')) === from) return 'skipped';
    report?.({ step: 'segments', message: 'Assigning customers to segments' });
    const rows = await predict(this.#connection, model, asOf);
    await keepHistory(this.#connection, {
      table: 'gold.customer_segments',
      history: 'gold.customer_segments_history',
      key: 'customer_id',
      compared: ['segment_id', 'segment_name'],
      asOf,
    });
    await writeState(this.#connection, 'segments', from);
    return counted(rows);
  }

  async #possibleK(options: TrainOptions): Promise<number> {
    const features = await requireFeatures(this.#connection, options.features);
    const columns = features.map((feature) => featureColumn(feature, features)).join(', ');
    const [row] = await this.#connection.rows<{ n: number }>(
      `select count(*) as n from (select distinct ${columns} from ${featuresFrom(features)} limit ${options.k})`,
    );
    return Math.max(1, Math.min(options.k, row?.n ?? 1));
  }

  async #gold(): Promise<StepResult> {
    const asOf = await this.#featuresAsOf();
    if (asOf === null) return 'skipped';
    const segments = await readState(this.#connection, 'segments');
    const { kpis, tiers } = this.#context.config;
    const from = JSON.stringify({ segments, kpis, tiers });
    if (segments === null || (await readState(this.#connection, 'gold')) === from) return 'skipped';
    this.#context.report?.({ step: 'gold', message: 'Computing KPIs' });
    const parameters = dayParameters(asOf, kpis);
    const day = { asOf, from, kpis, parameters };
    const { options, keep } = await growingGold(this.#connection, day);
    for (const model of loadModels('gold')) await runModel(this.#connection, model, options);
    await keep();
    // Without rules there are no tiers: those that were would only look current.
    if (tiers.length > 0) await assignTiers(this.#connection, tiers);
    else await this.#connection.run('drop table if exists gold.customer_tiers');
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

  /** The day that the features stand for; null while no customer has any. */
  async #featuresAsOf(): Promise<string | null> {
    if ((await this.#count('features.customer_features')) === 0) return null;
    const [row] = await this.#connection.rows<{ as_of: string }>(
      'select as_of from features.customer_features limit 1',
    );
    return row?.as_of ?? null;
  }

  /** All of a step or nothing of it. */
  #atomic(step: Step, work: () => Promise<StepResult>): Promise<StepResult> {
    const { signal } = this.#context;
    return thenWritingAsUsual(this.#connection, () =>
      interruptible(this.#connection, { signal, what: `The step ${step}` }, () =>
        withRoom(this.#connection, () => writingTables(this.#connection, 'anew', work)),
      ),
    );
  }

  async #count(table: string): Promise<number> {
    if (!(await tableExists(this.#connection, table))) return 0;
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
