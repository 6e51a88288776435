import { randomUUID } from 'node:crypto';
import type { ClvReport } from '../../contract/clv.ts';
import { AppError } from '../../contract/errors.ts';
import type { FeatureRecipe } from '../../contract/recipe.ts';
import type { JobInput, KpiName } from '../../contract/schemas.ts';
import type { ModelReport, SweepReport } from '../../contract/segmentation.ts';
import type { Connection } from '../../engine/engine.ts';
import { clvReport } from '../../features/clv-report.ts';
import { listRecipes, removeRecipe, saveRecipe } from '../../features/recipes.ts';
import { readCohorts } from '../../runs/cohorts.ts';
import { explainKpiChange } from '../../runs/explain-kpi-change.ts';
import { compareModels, readMigration } from '../../segmentation/compare-models.ts';
import { explain } from '../../segmentation/explain.ts';
import { featureCatalogue } from '../../segmentation/feature-catalogue.ts';
import { featureReport } from '../../segmentation/feature-report.ts';
import { modelReport } from '../../segmentation/model-report.ts';
import { listModels } from '../../segmentation/model-store.ts';
import { renameSegment } from '../../segmentation/rename-segment.ts';
import { type SweepResult, sweepWorkspace } from '../../segmentation/sweep-workspace.ts';
import type { StatisticsPool } from '../../work/statistics-tasks.ts';
import type { Workspace } from '../../workspace/node/workspace.ts';
import type { Analysis } from '../analysis.ts';
import { sweepPointsStream } from '../sweep-points.ts';
import type { JobContext } from '../job-context.ts';
import type { WarehouseTurns } from './warehouse-turns.ts';

interface AnalysisParts {
  readonly workspace: Workspace;
  readonly reader: Connection;
  readonly turns: WarehouseTurns;
  readonly pool: StatisticsPool;
}

/** What features and segments were made from, and what segments are called: it changes whenever a model's report does. */
async function standing(reader: Connection): Promise<string> {
  const found = await reader.rows(
    `select (select list({name: name, value: value} order by name) from ops.state where name in ('features', 'segments')) as state,
       (select max(model_version) from ops.models) as model,
       (select list({id: segment_id, name: name} order by segment_id) from ops.segment_names) as names`,
  );
  return JSON.stringify(found);
}

/** Computes on a workspace of this machine: reads beside a job, writes in turn with the others. */
export class LocalAnalysis implements Analysis {
  readonly #workspace: Workspace;
  readonly #reader: Connection;
  readonly #turns: WarehouseTurns;
  readonly #pool: StatisticsPool;
  /** Only the latest is held: its points take as much memory as the customers are many. */
  #sweep: SweepResult | null = null;
  #model: { readonly from: string; readonly report: Promise<ModelReport | null> } | null = null;

  constructor({ workspace, reader, turns, pool }: AnalysisParts) {
    this.#workspace = workspace;
    this.#reader = reader;
    this.#turns = turns;
    this.#pool = pool;
  }

  featureList() {
    return featureCatalogue(this.#reader);
  }

  featureReport(recipe: FeatureRecipe) {
    return featureReport(this.#reader, recipe);
  }

  recipes() {
    return listRecipes(this.#reader);
  }

  saveRecipe(input: { name: string; recipe: FeatureRecipe }) {
    const now = new Date();
    return this.#writing((writer) => saveRecipe(writer, { ...input, now }));
  }

  removeRecipe(name: string) {
    return this.#writing((writer) => removeRecipe(writer, name));
  }

  clvReport(): Promise<ClvReport> {
    return clvReport(this.#reader);
  }

  sweepReport(): SweepReport | null {
    return this.#sweep?.report ?? null;
  }

  sweepPoints(id: string): Uint8Array {
    if (this.#sweep === null || this.#sweep.report.id !== id) {
      throw new AppError('SWEEP_UNKNOWN', { sweep: id });
    }
    return sweepPointsStream(this.#sweep.points);
  }

  async sweep(
    input: Extract<JobInput, { kind: 'sweep' }>,
    { signal, report }: JobContext,
  ): Promise<SweepReport> {
    const { from, to, options, gap, stability, silhouetteRows } = input;
    const ks = Array.from({ length: Math.max(0, to - from) + 1 }, (_, i) => from + i);
    // A job has the writer to itself: the reader stays free for the page.
    this.#sweep = await sweepWorkspace(this.#workspace.writer, options, {
      id: randomUUID(),
      ks,
      gap,
      stability,
      silhouetteRows,
      pool: this.#pool,
      signal,
      onProgress: (done, total) =>
        report({ step: 'sweep', message: `Tried ${done} of ${total}`, done, total }),
    });
    return this.#sweep.report;
  }

  models() {
    return listModels(this.#reader);
  }

  /** Computed once for what the tables hold: each look at the page would take seconds of many customers. */
  async model(): Promise<ModelReport | null> {
    const from = await standing(this.#reader);
    if (this.#model?.from !== from) {
      this.#model = { from, report: modelReport(this.#reader, { pool: this.#pool }) };
    }
    const { report } = this.#model;
    report.catch(() => {
      if (this.#model?.report === report) this.#model = null;
    });
    return report;
  }

  compare(versions: { from: number; to: number }) {
    return compareModels(this.#reader, versions);
  }

  migration() {
    return readMigration(this.#reader);
  }

  explain(customerId: string) {
    return explain(this.#reader, customerId);
  }

  rename(input: { segmentId: number; name: string }) {
    return this.#writing((writer) => renameSegment(writer, input));
  }

  kpiSplit(input: { kpi: KpiName; from: string; to: string }) {
    return this.#writing((writer) => explainKpiChange(writer, this.#workspace.config, input));
  }

  cohorts() {
    return readCohorts(this.#reader);
  }

  #writing<T>(work: (writer: Connection) => Promise<T>): Promise<T> {
    return this.#turns.job(() => work(this.#workspace.writer));
  }
}
