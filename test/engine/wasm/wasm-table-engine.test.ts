import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from '@uwdata/flechette';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWasmEngine } from '../../../pipeline/engine/wasm/node/start-wasm-engine.ts';
import { WasmTableEngine } from '../../../pipeline/engine/wasm/wasm-table-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-wasm-files-'));
const secret = join(folder, 'secret.csv');
let tables: WasmTableEngine;

beforeAll(async () => {
  writeFileSync(secret, 'a,b\nkept,1\n');
  tables = await WasmTableEngine.open(await startWasmEngine());
});

afterAll(async () => {
  await tables.close();
  rmSync(folder, { recursive: true, force: true });
});

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return tableFromIPC(await tables.read({ sql })).toArray();
}

test('requests made at one time are answered one after the other', async () => {
  const ipc = await tables.read({ sql: 'select 7 as seven' });
  const [shape, names, read] = await Promise.all([
    tables.create({ name: 'many', sql: 'select range as i from range(100000)' }),
    tables.tableNames('select * from many'),
    rows('select count(*)::integer as n from many'),
    tables.load('silver.seven', ipc),
    tables.insert({ name: 'seven', ipc }),
    tables.drop('nothing'),
  ]);
  expect([shape.rows, names, read]).toEqual([100_000, ['many'], [{ n: 100_000 }]]);
  expect(await rows('select * from silver.seven union all select * from seven')).toEqual([
    { seven: 7 },
    { seven: 7 },
  ]);
});

test('no query reaches a file, as those of the library for Node would', async () => {
  const out = join(folder, 'out.csv');
  for (const sql of [
    `select * from read_text('${secret}')`,
    `select * from read_blob('${secret}')`,
    `select * from read_csv('${secret}')`,
    `from '${secret}'`,
    `select * from glob('${folder}/*')`,
    `copy (select 1) to '${out}'`,
    `attach '${join(folder, 'out.db')}'`,
    'set enable_external_access = true',
    'reset enable_external_access',
    'set lock_configuration = false',
  ]) {
    const error = await tables.read({ sql }).then(
      (ipc) => `${sql} gave ${tableFromIPC(ipc).numRows}`,
      () => null,
    );
    expect(error).toBeNull();
    await expect(tables.create({ name: 'x', sql })).rejects.toThrow();
  }
  expect([existsSync(out), existsSync(join(folder, 'out.db'))]).toEqual([false, false]);
  expect(await rows('select 1 as one')).toEqual([{ one: 1 }]);
});
