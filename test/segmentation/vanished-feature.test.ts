import { expect, it } from 'vitest';
import { trainOptions } from '../../pipeline/contract/recipe.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { compareModels } from '../../pipeline/segmentation/compare-models.ts';
import { explain } from '../../pipeline/segmentation/explain.ts';
import { modelReport } from '../../pipeline/segmentation/model-report.ts';
import { requireLatestModel } from '../../pipeline/segmentation/model-store.ts';
import { predict } from '../../pipeline/segmentation/predict.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { trained } from '../helpers/trained-workspace.ts';

it('a feature that has gone is told of the model that needs it', async () => {
  const { context } = await trained(shoppers(0, 40));
  const { connection } = context;
  const train = trainOptions.parse({
    features: ['monetary', 'weekend_share'],
    k: 3,
  });
  await runPipeline(context, { steps: ['segments', 'gold'], train });
  await connection.run('drop view features.purchase_habits');
  const model = await requireLatestModel(connection);
  const gone = {
    code: 'MODEL_FEATURE_GONE',
    details: { version: 2, feature: 'weekend_share' },
    message: 'Model 2 needs the feature "weekend_share", which is not there.',
  };
  await expect(modelReport(connection)).rejects.toMatchObject(gone);
  await expect(compareModels(connection, { from: 1, to: 2 })).rejects.toMatchObject(gone);
  await expect(explain(connection, 'c1')).rejects.toMatchObject(gone);
  await expect(
    connection.transaction(() => predict(connection, model, '2024-02-01')),
  ).rejects.toMatchObject(gone);
});
