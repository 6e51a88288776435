import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CompiledMapping, compileMapping, mapping } from '../../pipeline/mapping/mapping.ts';
import { generate } from '../../pipeline/sources/demo/generate.ts';
import { writeNdjson } from '../../pipeline/sources/demo/node/write-ndjson.ts';
import { readFile } from 'node:fs/promises';
import type { FaultShares } from '../../pipeline/sources/demo/faults.ts';
import { goesStraight } from '../../pipeline/transform/straight.ts';
import { preset, type TemporaryWorkspace, temporaryWorkspace } from '../helpers/workspace.ts';

let straight: TemporaryWorkspace;
let staged: TemporaryWorkspace;
beforeEach(async () => {
  straight = await temporaryWorkspace();
  staged = await temporaryWorkspace();
});
afterEach(async () => {
  await straight.remove();
  await staged.remove();
});

const faults: FaultShares = {
  duplicate: 0.05,
  conflict: 0.02,
  malformed_json: 0.02,
  wrong_type: 0.02,
  refund: 0.02,
  invalid_utf8: 0.01,
};

/** A mapping that could bring an attribute of a person, but whose records never do, has to be staged. */
function bringingPeople({ mapping: value }: CompiledMapping): CompiledMapping {
  return compileMapping(
    mapping.parse({ ...value, fields: { ...value.fields, region: 'no_such_field' } }),
  );
}

async function contents(workspace: TemporaryWorkspace): Promise<unknown> {
  const tables = ['silver.transactions', 'silver.engagement', 'ops.quarantine', 'ops.discarded'];
  return Promise.all(
    tables.map((table) =>
      workspace.connection.rows(`from ${table} order by batch_id, partition, position`),
    ),
  );
}

const hostile = [
  '{"customer_id":" a ","transaction_id":"1","amount":" 1.5 ","timestamp":"2024-01-01"}',
  '{"customer_id":"a","transaction_id":" 1","amount":1.50,"timestamp":"2024-01-01T00:00:00Z"}',
  '{"customer_id":"a","transaction_id":"1","amount":1.5001,"timestamp":"2024-01-01T00:00:00Z"}',
  '{"customer_id":"a","transaction_id":"2","amount":1,"timestamp":"2024-01-01T00:00:00Z","x":NaN}',
  '{"customer_id":"a","transaction_id":"2","amount":1,"timestamp":"2024-01-01T00:00:00Z",}',
  '{"customer_id":"a","transaction_id":"2","amount":1,"timestamp":"2024-01-01T00:00:00Z" , }',
  '{"customer_id":"a","transaction_id":"3","amount":1,"timestamp":1704067200,}',
  '{"x":{"y":1,},"customer_id":"a","transaction_id":"4","amount":1,"timestamp":1704067200}',
  '{"x":[1,],"customer_id":"a","transaction_id":"5","amount":1,"timestamp":1704067200}',
  '{"x":"{,}","customer_id":"a","transaction_id":"6","amount":1,"timestamp":1704067200}',
  '{"customer_id":"a","transaction_id":"@1:0:1","amount":1,"timestamp":1704067200}',
  '{"customer_id":"a","transaction_id":"@7","amount":1,"timestamp":1704067200}',
  '{"customer_id":"a","amount":1,"timestamp":1704067200}',
  '{"customer_id":"a","amount":1,"timestamp":1704067200}',
  '{"customer_id":"","transaction_id":"8","amount":1,"timestamp":1704067200}',
  '{"customer_id":{"b":1},"transaction_id":"9","amount":1,"timestamp":1704067200}',
  '  {"customer_id":"a","transaction_id":"10","amount":1,"timestamp":1704067200}  ',
  '',
  'null',
  '[]',
].join('\n');

async function ingestAndTransform(name: string, content: Uint8Array, compiled: CompiledMapping) {
  const counts = [];
  for (const [workspace, by] of [
    [straight, compiled],
    [staged, bringingPeople(compiled)],
  ] as const) {
    await workspace.ingest(name, content, { compiled: by });
    counts.push(await workspace.transform());
    await workspace.expectConserved();
  }
  return counts;
}

/** Names columns that lines of orders have and whole orders have not. */
const withProducts = compileMapping(
  mapping.parse({
    ...preset('orders').mapping,
    fields: { ...preset('orders').mapping.fields, product: 'category', quantity: 'amount' },
  }),
);

test.each([
  ['bank', preset('bank')],
  ['orders', preset('orders')],
  ['orders', withProducts],
  ['engagement', preset('engagement')],
] as const)(
  'records of %s end alike straight or staged, within batches and across them',
  async (name, compiled) => {
    expect(goesStraight(compiled)).toBe(true);
    expect(goesStraight(bringingPeople(compiled))).toBe(false);
    const known = name === 'engagement' ? { malformed_json: 0.02, invalid_utf8: 0.02 } : faults;
    const more = name === 'bank' ? { transactionIds: true } : {};
    const whole = { preset: name, seed: 11, faults: known, whole: 9000, ...more };
    for (const [i, part] of [{ count: 6000 }, { count: 3000, skip: 6000 }].entries()) {
      const path = `${straight.folder}/made${i}.ndjson`;
      await writeNdjson({ path, records: generate({ ...whole, ...part }) });
      const content = Buffer.concat([await readFile(path), Buffer.from(`\n${hostile}`)]);
      const [a, b] = await ingestAndTransform(`${name}${i}.ndjson`, content, compiled);
      expect(a).toEqual(b);
      expect(a?.quarantined).toBeGreaterThan(0);
    }
    expect(await contents(straight)).toEqual(await contents(staged));
  },
);
