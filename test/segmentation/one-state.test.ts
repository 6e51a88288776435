import { expect, onTestFinished, test } from 'vitest';
import { trainOptions } from '../../pipeline/contract/recipe.ts';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { runPipeline } from '../../pipeline/runs/run-pipeline.ts';
import { compareModels } from '../../pipeline/segmentation/compare-models.ts';
import { readFeatures } from '../../pipeline/segmentation/read-features.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { trained } from '../helpers/trained-workspace.ts';

/** Two states of the features: of all customers, and of every third with other values and another day. */
async function states(connection: Connection): Promise<void> {
  await connection.run(
    `create schema states;
     create table states.a as select * replace (strlen(customer_id)::double as monetary) from features.customer_features;
     create table states.b as select * replace (strlen(customer_id)::double + 1000 as monetary, as_of + 1 as as_of)
       from features.customer_features where hash(customer_id) % 3 = 0;
     create or replace table features.customer_features as select * from states.a`,
  );
}

async function rowsOf(connection: Connection, table: string): Promise<number> {
  const [row] = await connection.rows<{ n: number }>(`select count(*) as n from ${table}`);
  return row?.n ?? 0;
}

/** Replaces the features by one state after the other until it is told to stop. */
async function replacing(connection: Connection, reading: () => boolean): Promise<number> {
  let times = 0;
  for (; reading(); times++) {
    const state = times % 2 === 0 ? 'b' : 'a';
    await connection.run(
      `create or replace table features.customer_features as select * from states.${state}`,
    );
  }
  return times;
}

test('features are read in one state, and models compared on one, while somebody replaces the table', async () => {
  const { workspace, context } = await trained(shoppers(0, 400));
  await runPipeline(context, { steps: ['segments', 'gold'], train: trainOptions.parse({ k: 3 }) });
  await states(workspace.writer);
  const reader = await workspace.engine.connect();
  onTestFinished(() => reader.close());
  const days = await workspace.writer.strings(
    `select (select any_value(as_of) from states.a)::varchar
     union all select (select any_value(as_of) from states.b)::varchar`,
  );
  const sizes = new Set([await rowsOf(reader, 'states.a'), await rowsOf(reader, 'states.b')]);
  let reading = true;
  const replaced = replacing(workspace.writer, () => reading);
  const wrong: string[] = [];
  for (let time = 0; time < 20; time++) {
    const { customerIds, columns, monetary, asOf } = await readFeatures(reader, ['monetary']);
    const more = asOf === days[0] ? 0 : 1000;
    const expected = Float64Array.from(customerIds, (id) => id.length + more);
    if (expected.toString() !== monetary.toString()) wrong.push(`read ${time}`);
    if (expected.toString() !== columns[0]?.toString()) wrong.push(`column ${time}`);
    const { flows } = await compareModels(reader, { from: 1, to: 2 });
    const counted = flows.reduce((sum, { customers }) => sum + customers, 0);
    if (!sizes.has(counted)) wrong.push(`compare ${time}`);
  }
  reading = false;
  expect(await replaced).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
});
