import type { Analysis } from './analysis.ts';
import type { Answering } from './answering.ts';
import { arrowBlob } from './arrow-blob.ts';
import type { Workbench } from './workbench.ts';

export function kpiRoutes({ kpis }: Answering, workbench: Workbench) {
  const { analysis } = workbench;
  return {
    report: kpis.report.handler(({ signal }) => workbench.kpiReport(signal)),
    asOf: kpis.asOf.handler(({ input, signal }) => analysis.kpisAsOf(input.day, signal)),
    split: kpis.split.handler(({ input, signal }) => analysis.kpiSplit(input, signal)),
    cohorts: kpis.cohorts.handler(({ signal }) => analysis.cohorts(signal)),
  };
}

export function featureRoutes({ features, recipes, clv }: Answering, analysis: Analysis) {
  return {
    features: {
      list: features.list.handler(({ signal }) => analysis.featureList(signal)),
      report: features.report.handler(({ input, signal }) => analysis.featureReport(input, signal)),
    },
    recipes: {
      list: recipes.list.handler(({ signal }) => analysis.recipes(signal)),
      save: recipes.save.handler(({ input }) => analysis.saveRecipe(input)),
      remove: recipes.remove.handler(async ({ input }) => ({
        removed: await analysis.removeRecipe(input.name),
      })),
    },
    clv: { report: clv.report.handler(({ signal }) => analysis.clvReport(signal)) },
  };
}

export function segmentRoutes({ segments }: Answering, workbench: Workbench) {
  const { analysis } = workbench;
  return {
    sweep: segments.sweep.handler(() => analysis.sweepReport()),
    sweepPoints: segments.sweepPoints.handler(({ input }) =>
      arrowBlob([analysis.sweepPoints(input.id)]),
    ),
    successions: segments.successions.handler(({ input, signal }) =>
      analysis.successions(input.id, signal),
    ),
    models: segments.models.handler(({ signal }) => analysis.models(signal)),
    model: segments.model.handler(({ signal }) => analysis.model(signal)),
    compare: segments.compare.handler(({ input, signal }) => analysis.compare(input, signal)),
    migration: segments.migration.handler(({ signal }) => analysis.migration(signal)),
    tiers: segments.tiers.handler(({ signal }) => analysis.tiers(signal)),
    explain: segments.explain.handler(({ input, signal }) =>
      analysis.explain(input.customerId, signal),
    ),
    rename: segments.rename.handler(async ({ input }) => {
      await analysis.rename(input);
      return input;
    }),
    scatter: segments.scatter.handler(({ input, signal }) =>
      arrowBlob(workbench.scatter(input, signal), signal),
    ),
  };
}
