import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultShares } from '../../pipeline/sources/demo/faults.ts';
import { generate } from '../../pipeline/sources/demo/generate.ts';
import { writeNdjson } from '../../pipeline/sources/demo/node/write-ndjson.ts';
import type { PresetName } from '../../pipeline/sources/demo/preset-names.ts';
import { ingestFile } from '../../pipeline/sources/files/node/ingest-file.ts';
import { preset, type TemporaryWorkspace, temporaryWorkspace } from '../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeEach(async () => {
  workspace = await temporaryWorkspace();
});
afterEach(() => workspace.remove());

const purchases: FaultShares = {
  ...{
    duplicate: 0.02,
    late: 0.02,
    malformed_json: 0.01,
    wrong_type: 0.02,
    refund: 0.02,
    unknown_category: 0.01,
  },
  ...{ schema_drift: 0.02, tombstone: 0.01, conflict: 0.01, invalid_utf8: 0.01 },
};
const cases: readonly [PresetName, FaultShares, object][] = [
  ['bridgecart', purchases, {}],
  ['bank', purchases, { transactionIds: true }],
  ['orders', purchases, {}],
  [
    'engagement',
    { malformed_json: 0.02, tombstone: 0.02, invalid_utf8: 0.02, schema_drift: 0.02, late: 0.02 },
    {},
  ],
  [
    'demographics',
    { malformed_json: 0.02, tombstone: 0.02, invalid_utf8: 0.02, schema_drift: 0.02 },
    {},
  ],
];

test.each(cases)(
  'every fault that the generator put into %s is caught, and nothing else',
  async (name, faults, more) => {
    const whole = { preset: name, seed: 5, faults, whole: 20_000, ...more };
    // Two files, so that duplicates and conflicts also lie across batches.
    const expected = { accepted: 0, duplicate: 0, quarantined: 0, ignored: 0 };
    for (const part of [{ count: 12_000 }, { count: 8_000, skip: 12_000 }]) {
      const path = `${workspace.folder}/${name}${part.count}.ndjson`;
      const { tally } = await writeNdjson({ path, records: generate({ ...whole, ...part }) });
      await ingestFile(workspace.connection, { path, compiled: preset(name) });
      const counts = await workspace.transform();
      expect(counts).toEqual({ read: part.count, ...tally.expected });
      expect(tally.expected.quarantined).toBeGreaterThan(0);
      for (const outcome of ['accepted', 'duplicate', 'quarantined', 'ignored'] as const) {
        expected[outcome] += tally.expected[outcome];
      }
    }
    await workspace.expectConserved();
    const [totals] = await workspace.connection.rows(
      `select (select count(*) from ops.quarantine) as quarantined,
       (select count(*) from ops.discarded where outcome = 'duplicate') as duplicate,
       (select count(*) from ops.discarded where outcome = 'ignored') as ignored`,
    );
    const { quarantined, duplicate, ignored } = expected;
    expect(totals).toEqual({ quarantined, duplicate, ignored });
  },
);
