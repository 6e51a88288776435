import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { FeatureRecipe } from '../../contract/recipe.ts';
import type { JobInput, KpiName } from '../../contract/schemas.ts';
import type { SweepReport } from '../../contract/segmentation.ts';
import type { Connection } from '../../engine/engine.ts';
import { clvReport } from '../../features/clv-report.ts';
import { listRecipes, removeRecipe, saveRecipe } from '../../features/recipes.ts';
import { readCohorts } from '../../runs/cohorts.ts';
import { explainKpiChange } from '../../runs/explain-kpi-change.ts';
import { kpiReportAsOf } from '../../runs/kpi-report.ts';
import { compareModels, readMigration } from '../../segmentation/compare-models.ts';
import { explain } from '../../segmentation/explain.ts';
import { featureCatalogue } from '../../segmentation/feature-catalogue.ts';
import { featureReport } from '../../segmentation/feature-report.ts';
import { listModels } from '../../segmentation/model-store.ts';
import { renameSegment } from '../../segmentation/rename-segment.ts';
import { successions } from '../../segmentation/successions.ts';
import { type SweepResult, sweepWorkspace } from '../../segmentation/sweep-workspace.ts';
import { countTiers } from '../../segmentation/tiers.ts';
import type { StatisticsPool } from '../../work/statistics-tasks.ts';
import type { Workspace } from '../../workspace/node/workspace.ts';
import type { Analysis } from '../analysis.ts';
import type { JobContext } from '../job-context.ts';
import { sweepPointsStream } from '../sweep-points.ts';
import type { WarehouseReads } from '../../workspace/warehouse-reads.ts';
import { ModelReports } from './model-reports.ts';
import type { WarehouseTurns } from './warehouse-turns.ts';

interface AnalysisParts {
  readonly workspace: Pick<Workspace, 'writer' | 'config'>;
  readonly reads: WarehouseReads;
  readonly turns: WarehouseTurns;
  readonly pool: StatisticsPool;
}

/** Computes on a workspace of this machine: reads beside a job, writes in turn with the others. */
export class LocalAnalysis implements Analysis {
  readonly #workspace: AnalysisParts['workspace'];
  readonly #reads: WarehouseReads;
  readonly #turns: WarehouseTurns;
  readonly #pool: StatisticsPool;
  readonly #models: ModelReports;
  /** Only the latest is held: its points take as much memory as the customers are many. */
  #sweep: SweepResult | null = null;

  constructor({ workspace, reads, turns, pool }: AnalysisParts) {
    this.#workspace = workspace;
    this.#reads = reads;
    this.#turns = turns;
    this.#pool = pool;
    this.#models = new ModelReports(reads, pool);
  }

  featureList(signal?: AbortSignal) {
    return this.#reads.read({ what: 'The list of features', signal }, featureCatalogue);
  }

  featureReport(recipe: FeatureRecipe, signal?: AbortSignal) {
    const pool = this.#pool;
    return this.#reads.run({ what: 'The report of the features', signal }, (connection, ending) =>
      featureReport(connection, recipe, { pool, signal: ending }),
    );
  }

  recipes(signal?: AbortSignal) {
    return this.#reads.read({ what: 'The list of recipes', signal }, listRecipes);
  }

  saveRecipe(input: { name: string; recipe: FeatureRecipe }) {
    const now = new Date();
    return this.#writing((writer) => saveRecipe(writer, { ...input, now }));
  }

  removeRecipe(name: string) {
    return this.#writing((writer) => removeRecipe(writer, name));
  }

  clvReport(signal?: AbortSignal) {
    return this.#reads.read({ what: 'The report of CLV', signal }, clvReport);
  }

  sweepReport(): SweepReport | null {
    return this.#sweep?.report ?? null;
  }

  sweepPoints(id: string): Uint8Array {
    return sweepPointsStream(this.#held(id).points);
  }

  async successions(id: string, signal?: AbortSignal) {
    const { candidates, points } = this.#held(id);
    const pool = this.#pool;
    return this.#reads.run({ what: 'Who becomes whom', signal }, (connection, ending) =>
      successions(connection, { candidates, labels: points.labels }, { pool, signal: ending }),
    );
  }

  /** It only reads: the writer stays free for whatever is to be kept meanwhile. */
  async sweep(
    input: Extract<JobInput, { kind: 'sweep' }>,
    { signal, report }: JobContext,
  ): Promise<SweepReport> {
    const { from, to, options, gap, stability, silhouetteRows } = input;
    const ks = Array.from({ length: Math.max(0, to - from) + 1 }, (_, i) => from + i);
    const request = { id: randomUUID(), ks, gap, stability, silhouetteRows, pool: this.#pool };
    report({ step: 'prepare', message: `Preparing the features, then k = ${to}, the slowest` });
    const onProgress = (done: number, steps: number): void => {
      // The gap statistic is a step of its own, after every k.
      const total = gap ? steps - 1 : steps;
      const message = `Trying k = ${from} to ${to}, the largest first`;
      if (done <= total) report({ step: 'sweep', message, done, total });
      if (gap && done === total) {
        report({ step: 'gap', message: 'Gap statistic: clustering data without groups' });
      }
    };
    this.#sweep = await this.#reads.run({ what: 'The sweep', signal }, (connection, ending) =>
      sweepWorkspace(connection, options, { ...request, signal: ending, onProgress }),
    );
    return this.#sweep.report;
  }

  models(signal?: AbortSignal) {
    return this.#reads.read({ what: 'The list of models', signal }, listModels);
  }

  model(signal?: AbortSignal) {
    return this.#models.latest(signal);
  }

  compare(versions: { from: number; to: number }, signal?: AbortSignal) {
    const pool = this.#pool;
    return this.#reads.run({ what: 'The comparison', signal }, (connection, ending) =>
      compareModels(connection, versions, { pool, signal: ending }),
    );
  }

  migration(signal?: AbortSignal) {
    return this.#reads.read({ what: 'The migration', signal }, readMigration);
  }

  tiers(signal?: AbortSignal) {
    return this.#reads.read({ what: 'The tiers', signal }, countTiers);
  }

  explain(customerId: string, signal?: AbortSignal) {
    return this.#reads.read({ what: 'The explanation', signal }, (connection) =>
      explain(connection, customerId),
    );
  }

  rename(input: { segmentId: number; name: string }) {
    return this.#writing((writer) => renameSegment(writer, input));
  }

  kpiSplit(input: { kpi: KpiName; from: string; to: string }, signal?: AbortSignal) {
    const pool = this.#pool;
    return this.#reads.lookingAt(['features'], { what: 'The split', signal }, (connection) =>
      explainKpiChange(connection, this.#workspace.config, { ...input, pool }),
    );
  }

  kpisAsOf(day: string, signal?: AbortSignal) {
    const made = ['features', 'gold'];
    return this.#reads.lookingAt(made, { what: 'The report', signal }, (connection) =>
      kpiReportAsOf(connection, this.#workspace.config, day),
    );
  }

  cohorts(signal?: AbortSignal) {
    return this.#reads.read({ what: 'The cohorts', signal }, readCohorts);
  }

  #held(id: string): SweepResult {
    if (this.#sweep?.report.id === id) return this.#sweep;
    throw new AppError('SWEEP_UNKNOWN', { sweep: id });
  }

  #writing<T>(work: (writer: Connection) => Promise<T>): Promise<T> {
    return this.#turns.job(() => work(this.#workspace.writer));
  }
}
