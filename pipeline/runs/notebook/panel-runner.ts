import type {
  FeaturesParameters,
  KpisParameters,
  TuningParameters,
} from '../../contract/notebook.ts';
import type { Connection } from '../../engine/engine.ts';
import { fillInParameters } from '../../notebooks/cells/fill-in-parameters.ts';
import type { CellResult, PanelRunner } from '../../notebooks/session/ports.ts';
import { featureReport } from '../../segmentation/feature-report.ts';
import { prepareOnWorker } from '../../segmentation/prepare-features.ts';
import { readFeatures } from '../../segmentation/read-features.ts';
import { sweepWorkspace } from '../../segmentation/sweep-workspace.ts';
import type { StatisticsPool } from '../../work/statistics-tasks.ts';
import { shareColumns } from '../../work/share-values.ts';
import type { WorkspaceConfig } from '../../workspace/config.ts';
import type { WarehouseReads } from '../../workspace/warehouse-reads.ts';
import { featuresState } from '../../segmentation/successions.ts';
import { kpiReport, kpiReportAsOf } from '../kpi-report.ts';
import { featuresCell } from './features-cell.ts';
import { kpisCell } from './kpis-cell.ts';

import { type SweptCustomers, tuningCell } from './tuning-cell.ts';

interface PanelParts {
  readonly reads: WarehouseReads;
  readonly config: WorkspaceConfig;
  readonly pool: StatisticsPool;
}

type PanelCall = Parameters<PanelRunner['run']>[1];

/** Runs the panels of notebooks on a workspace; nothing is kept in it. */
export class WorkspacePanels implements PanelRunner {
  readonly #parts: PanelParts;
  /** The latest sweep: another k of it, which a slider asks for, needs no other. */
  #sweep: { readonly key: string; readonly found: SweptCustomers } | null = null;

  constructor(parts: PanelParts) {
    this.#parts = parts;
  }

  run(
    { kind, parameters }: Parameters<PanelRunner['run']>[0],
    call: PanelCall,
  ): Promise<CellResult> {
    const { signal } = call;
    switch (kind) {
      case 'kpis':
        return this.#kpis(fillInParameters('kpis', parameters, {}), signal);
      case 'features':
        return this.#features(fillInParameters('features', parameters, {}), signal);
      case 'tuning':
        return this.#tuning(fillInParameters('tuning', parameters, {}), call);
    }
  }

  async #kpis(parameters: KpisParameters, signal?: AbortSignal): Promise<CellResult> {
    const { reads, config } = this.#parts;
    const { asOf } = parameters;
    const asked = { what: 'The report of KPIs', signal };
    const report =
      asOf === null
        ? await reads.run(asked, (connection) =>
            connection.transaction(() => kpiReport(connection, config)),
          )
        : await reads.lookingAt(['features', 'gold'], asked, (connection) =>
            kpiReportAsOf(connection, config, asOf),
          );
    return kpisCell(report, parameters);
  }

  #features({ recipe }: FeaturesParameters, signal?: AbortSignal): Promise<CellResult> {
    const { reads, pool } = this.#parts;
    const asked = { what: 'The report of the features', signal };
    return reads.run(asked, async (connection, ending) => {
      const work = { pool, signal: ending };
      const report = await featureReport(connection, recipe, work);
      const read = await readFeatures(connection, recipe.features);
      const { matrix } = await prepareOnWorker(shareColumns(read.columns), recipe, work);
      const features = read.features.map(({ name }, column) => ({
        name,
        values: Float64Array.from(
          { length: matrix.rows },
          (_, row) => matrix.values[row * matrix.columns + column] ?? 0,
        ),
      }));
      return featuresCell(report, { customerIds: read.customerIds, features });
    });
  }

  async #tuning(parameters: TuningParameters, call: PanelCall): Promise<CellResult> {
    const { signal } = call;
    const { reads } = this.#parts;
    const { k, ...asked } = parameters;
    const found = await reads.run({ what: 'The sweep', signal }, async (connection, ending) => {
      const key = JSON.stringify([asked, await featuresState(connection)]);
      if (this.#sweep?.key !== key) {
        this.#sweep = {
          key,
          found: await this.#swept(connection, asked, { ...call, signal: ending }),
        };
      }
      return this.#sweep.found;
    });
    return tuningCell(found, { k });
  }

  async #swept(
    connection: Connection,
    { recipe, kMin, kMax, restarts, seed }: Omit<TuningParameters, 'k'>,
    { signal, onProgress }: PanelCall & { readonly signal: AbortSignal },
  ): Promise<SweptCustomers> {
    const swept = await sweepWorkspace(
      connection,
      { ...recipe, k: kMin, restarts, seed },
      {
        id: 'notebook',
        ks: Array.from({ length: kMax - kMin + 1 }, (_, at) => kMin + at),
        gap: false,
        stability: false,
        silhouetteRows: null,
        pool: this.#parts.pool,
        signal,
        onProgress: (done, total) => onProgress?.(done / total, `${done} of ${total} k`),
      },
    );
    const { customerIds } = await readFeatures(connection, recipe.features);
    return { customerIds, swept };
  }
}
