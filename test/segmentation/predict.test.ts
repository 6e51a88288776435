import { expect, it } from 'vitest';
import { type ModelArtifact, modelArtifact } from '../../pipeline/segmentation/model-artifact.ts';
import { predict } from '../../pipeline/segmentation/predict.ts';
import { silverWith } from '../helpers/silver-fixture.ts';

const CUSTOMERS = 150_000;

/** As the first versions of Strata kept it. */
const model: ModelArtifact = modelArtifact.parse({
  version: 3,
  features: ['frequency', 'monetary'],
  scaling: { transform: 'none', scaling: 'standard', centers: [10, 1000], scales: [2, 500] },
  centroids: [
    [-4, 0],
    [4, 0],
  ],
  segments: [
    { id: 7, name: 'Seldom' },
    { id: 2, name: 'Often' },
  ],
  seed: 1,
  restarts: 1,
  asOf: '2024-01-01',
  customers: 1,
  inertia: 0,
});

it('predict puts each of more customers than are handed over at once where its own features say', async () => {
  const connection = await silverWith([]);
  await connection.run(
    `create table features.customer_features as
     select concat('c', i) as customer_id, date '2024-02-01' as as_of, (i % 21)::bigint as frequency,
       (i % 1000)::decimal(18,4) as monetary from range(${CUSTOMERS}) r(i)`,
  );
  expect(await predict(connection, model, '2024-02-01')).toBe(CUSTOMERS);
  const wrong = await connection.rows(
    `select f.customer_id from features.customer_features f
       left join features.customer_features_scaled x on x.customer_id = f.customer_id
       left join gold.customer_segments s on s.customer_id = f.customer_id
     where x.frequency is distinct from (f.frequency - 10) / 2.0
       or abs(coalesce(x.monetary, 1e9) - (f.monetary::double - 1000) / 500) > 1e-12
       or x.model_version is distinct from 3 or s.model_version is distinct from 3
       or s.as_of is distinct from date '2024-02-01'
       or s.segment_id is distinct from (case when f.frequency <= 10 then 7 else 2 end)
       or s.segment_name is distinct from (case when f.frequency <= 10 then 'Seldom' else 'Often' end)
     limit 3`,
  );
  expect(wrong).toEqual([]);
  const [counts] = await connection.rows(
    'select (select count(*) from gold.customer_segments) as s, (select count(*) from features.customer_features_scaled) as x',
  );
  expect(counts).toEqual({ s: CUSTOMERS, x: CUSTOMERS });
});
