import { execFileSync, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { parseConfig } from '../../pipeline/workspace/config.ts';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';
import { requireMapping, workspaceMappings } from '../../pipeline/workspace/node/mappings.ts';
import { codeOf, TemporaryWorkspace } from '../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeEach(() => {
  workspace = new TemporaryWorkspace();
});
afterEach(() => workspace.remove());

const open = () => workspace.open().then(() => 'open', asAppError);

test('a new workspace can be opened again, and a folder without one is none', async () => {
  const nothing = await openWorkspace(workspace.path).catch(asAppError);
  expect(nothing).toMatchObject({ code: 'WORKSPACE_NOT_FOUND', details: { path: workspace.path } });
  await workspace.open();
  const made = ['artifacts', 'files', 'mappings', 'strata.json', 'warehouse.duckdb'];
  expect(readdirSync(workspace.path).filter((name) => !name.endsWith('.wal'))).toEqual(made);
  await workspace.ingest('f.ndjson', '{"a":1}\n');
  await workspace.shut();
  await workspace.open();
  expect(await workspace.raw()).toEqual([{ position: 1, text: '{"a":1}' }]);
});

describe('a configuration that cannot be used is told by its field, and the data is not touched', () => {
  const broken: readonly [string, string, string][] = [
    ['no JSON', '{"name": ', ''],
    ['nothing', '', ''],
    ['a list', '[]', ''],
    ['an unknown key', '{"nmae":"x"}', 'nmae'],
    ['an unknown key within', '{"engine":{"memory":"2GB"}}', 'engine'],
    ['a wrong type', '{"kpis":{"churnDays":"90"}}', 'kpis.churnDays'],
    ['a number out of range', '{"segmentation":{"k":1}}', 'segmentation.k'],
    ['a size without a unit', '{"engine":{"memoryLimit":"2"}}', 'engine.memoryLimit'],
    ['SQL for a size', '{"engine":{"memoryLimit":"1GB\'; drop"}}', 'engine.memoryLimit'],
  ];
  test.each(broken)('%s', async (_, text, field) => {
    await workspace.open();
    await workspace.shut();
    const warehouse = readFileSync(join(workspace.path, 'warehouse.duckdb'));
    const file = join(workspace.path, 'strata.json');
    writeFileSync(file, text);
    const error = await open();
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', details: { path: file } });
    expect(String(error)).toContain(field);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(readFileSync(join(workspace.path, 'warehouse.duckdb')).equals(warehouse)).toBe(true);
  });

  const misspelt: readonly [object, string][] = [
    [{ segmentaton: {} }, 'there is no key "segmentaton"; the nearest is "segmentation" of name, '],
    [
      { segmentation: { restart: 5 } },
      'segmentation: there is no key "restart"; the nearest is "restarts" of ',
    ],
    [{ segmentation: { K: 3 } }, 'segmentation: there is no key "K"; the nearest is "k" of '],
    [
      { segmentation: { winsorise: { lower: 0, upper: 0.9, uper: 1 } } },
      'segmentation.winsorise: there is no key "uper"; the nearest is "upper" of lower, upper',
    ],
    [
      { segmentation: { columns: { aov: { wieght: 2 } } } },
      'segmentation.columns.aov: there is no key "wieght"; the nearest is "weight" of ',
    ],
    [
      { tiers: [{ name: 'Gold', wehn: 'aov > 1' }] },
      'tiers.0: there is no key "wehn"; the nearest is "when" of name, when',
    ],
    [
      { kpis: { churnDays: 9, perioddays: 9 } },
      'kpis: there is no key "perioddays"; the nearest is "periodDays"',
    ],
  ];
  test('a misspelt key, wherever it stands, with the one that was probably meant', () => {
    for (const [json, problem] of misspelt) {
      const read = (): unknown => parseConfig(JSON.stringify(json), 'strata.json');
      expect(read).toThrow(`The configuration strata.json cannot be used: ${problem}`);
    }
  });

  test('a folder where the file should be', async () => {
    mkdirSync(join(workspace.path, 'strata.json'), { recursive: true });
    expect(await open()).toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

test('a warehouse of garbage, or cut off, is damaged: it is said so, and left as it is', async () => {
  await workspace.open();
  await workspace.ingest('f.ndjson', '{"a":1}\n'.repeat(20_000));
  await workspace.shut();
  const file = join(workspace.path, 'warehouse.duckdb');
  const whole = readFileSync(file);
  const flipped = Buffer.from(whole);
  flipped.fill(0x5a, 0, 4096);
  for (const bytes of [Buffer.from('garbage '.repeat(2000)), whole.subarray(0, 10_000), flipped]) {
    writeFileSync(file, bytes);
    expect(await open()).toMatchObject({ code: 'WORKSPACE_DAMAGED', details: { path: file } });
    await workspace.shut();
    expect(readFileSync(file).equals(bytes)).toBe(true);
  }
});

test.each([
  ['newer', 999, 'WORKSPACE_TOO_NEW'],
  ['older', 0, 'WORKSPACE_TOO_OLD'],
])('a workspace made by a %s Strata is refused', async (_, found, code) => {
  await workspace.open();
  await workspace.connection.run(`update ops.layout set version = ${found}`);
  await workspace.shut();
  expect(await open()).toMatchObject({ code, details: { found } });
});

test('a workspace of the first layout is brought up to date when it is opened', async () => {
  await workspace.open();
  const tables = async (): Promise<unknown> =>
    workspace.connection.strings(
      "select table_name from duckdb_tables() where schema_name = 'ops' order by 1",
    );
  const now = await tables();
  for (const table of ['recipes', 'segment_names', 'clv_models']) {
    await workspace.connection.run(`drop table ops.${table}`);
  }
  await workspace.connection.run('update ops.layout set version = 1');
  await workspace.shut();
  await workspace.open();
  expect(await tables()).toEqual(now);
});

test('what killed processes left is swept on opening, and nothing else', async () => {
  await workspace.open();
  await workspace.shut();
  const left = ['.strata/snapshot.duckdb.1.part', 'uploads/a.csv.part', 'tmp/owner-sql-x1/spill'];
  const kept = ['.strata/snapshot.duckdb', 'uploads/a.csv', 'tmp/notes', 'files/mine.part'];
  for (const name of [...left, ...kept]) {
    mkdirSync(join(workspace.path, name, '..'), { recursive: true });
    writeFileSync(join(workspace.path, name), 'x');
  }
  await workspace.open();
  const there = (name: string): boolean => existsSync(join(workspace.path, name));
  expect([left.filter(there), kept.filter(there)]).toEqual([[], kept]);
  expect(there('tmp/owner-sql-x1')).toBe(false);
});

test('a file where the folder should be is not overwritten', async () => {
  writeFileSync(workspace.path, 'mine');
  expect(await open()).toMatchObject({
    code: 'FILE_UNWRITABLE',
    details: { path: workspace.path },
  });
  const inside = await openWorkspace(join(workspace.path, 'deeper'), { create: true }).catch(
    asAppError,
  );
  expect(inside).toMatchObject({ details: { path: join(workspace.path, 'deeper') } });
  expect(readFileSync(workspace.path, 'utf8')).toBe('mine');
});

test('a workspace that another process holds is locked, and free once that one was killed', async () => {
  const holder = fork(new URL('lock-child.ts', import.meta.url), [workspace.path], {
    execArgv: [],
  });
  const ended = once(holder, 'exit');
  await once(holder, 'message');
  expect(await open()).toMatchObject({
    code: 'WORKSPACE_LOCKED',
    details: { path: workspace.path },
  });
  holder.kill('SIGKILL');
  await ended;
  expect(await open()).toBe('open');
});

test("the workspace's own mappings win over presets, and a broken one says which it is", async () => {
  await workspace.open();
  const folder = join(workspace.path, 'mappings');
  const fields = { customer_id: 'kunde', occurred_at: 'zeit', amount: 'betrag' };
  const mine = { name: 'bank', kind: 'transactions', identity: 'position', fields };
  writeFileSync(join(folder, 'bank.json'), JSON.stringify(mine));
  expect(requireMapping(workspace.path, 'bank').needs).toEqual(['kunde', 'zeit', 'betrag']);
  expect(await codeOf(() => requireMapping(workspace.path, '__proto__'))).toBe('PRESET_UNKNOWN');
  for (const text of ['', '{}', JSON.stringify({ ...mine, name: 'other' })]) {
    writeFileSync(join(folder, 'bank.json'), text);
    expect(await codeOf(() => requireMapping(workspace.path, 'bank'))).toBe('MAPPING_INVALID');
  }
  rmSync(folder, { recursive: true });
  expect(workspaceMappings(workspace.path).has('bank')).toBe(true);
});

/** A disk of a few megabytes, where this machine lets us have one. */
function mountSmallDisk(folder: string, megabytes: number): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

test('a full disk: DISK_FULL, the previous state whole, and it goes on once there is space', async (context) => {
  const disk = join(workspace.folder, 'disk');
  if (!mountSmallDisk(disk, 12)) context.skip('needs the right to mount a small disk');
  const small = new TemporaryWorkspace(join(disk, 'workspace'));
  try {
    await small.open();
    await small.ingest('first.ndjson', '{"customer_id":"a","timestamp":"2024-01-01","amount":1}\n');
    await small.transform();
    // Digests, which no compression makes small.
    const digest = (i: number): string => createHash('sha512').update(String(i)).digest('base64');
    const lines = Array.from({ length: 200_000 }, (_, i) => `{"customer_id":"${digest(i)}"}`);
    const large = lines.join('\n');
    const failed = await codeOf(() => small.ingest('large.ndjson', large));
    expect(failed).toBe('DISK_FULL');
    await small.shut();
    execFileSync('mount', ['-o', 'remount,size=400m', disk]);
    await small.open();
    expect((await small.raw()).length).toBe(1);
    await small.expectConserved();
    expect((await small.ingest('large.ndjson', large)).records).toBe(200_000);
    await small.transform();
    await small.expectConserved();
  } finally {
    await small.remove();
    execFileSync('umount', [disk]);
  }
  expect(existsSync(join(disk, 'workspace'))).toBe(false);
});
