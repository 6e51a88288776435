import fc from 'fast-check';
import { tableFromIPC } from '@uwdata/flechette';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasmEngine } from '../../../pipeline/engine/wasm/node/start-wasm-engine.ts';
import { WasmTableEngine } from '../../../pipeline/engine/wasm/wasm-table-engine.ts';
import { shareChoices } from '../../../pipeline/contract/notebook.ts';
import { exportNotebook } from '../../../pipeline/notebooks/share/export-notebook.ts';
import { sha256 } from '../../../pipeline/notebooks/share/hashes.ts';
import { openBundle } from '../../../pipeline/notebooks/share/open-bundle.ts';
import { replayBundle } from '../../../pipeline/notebooks/share/replay.ts';
import { SharingFixture, sharedNotebook, treatedChoices } from './sharing-fixture.ts';

let on: SharingFixture;
let bundle: Uint8Array;

const request = {
  document: sharedNotebook(),
  format: 'bundle',
  name: 'people',
  trusted: true,
} as const;

beforeAll(async () => {
  on = await SharingFixture.make();
  const choices = { ...treatedChoices, minimumCount: 3 };
  bundle = (await exportNotebook({ ...request, choices }, on.ports())).bytes;
});

afterAll(async () => {
  await on.close();
});

describe('a bundle', () => {
  test('runs again to the same outputs, hash by hash, with nothing of its workspace', async () => {
    const elsewhere = on.ports({ strata: '0.2.0' });
    const { kind, cells, versions, here } = await replayBundle(bundle, elsewhere);
    expect({ kind, cells, versions, here }).toEqual({
      kind: 'same',
      cells: 7,
      versions: { strata: '0.1.0', duckdb: 'v1.5.5' },
      here: { strata: '0.2.0', duckdb: 'v1.5.5' },
    });
  });

  test('is made by one engine, whose one thread sums doubles in one order', async () => {
    const readers: WasmTableEngine[] = [];
    const ports = on.ports();
    const startReader = async () => {
      const reader = await WasmTableEngine.open(await startWasmEngine());
      readers.push(reader);
      const threads = await reader.read({ sql: "select current_setting('threads')::int n" });
      expect(tableFromIPC(threads).toArray()).toEqual([{ n: 1 }]);
      return reader;
    };
    await exportNotebook({ ...request, choices: treatedChoices }, { ...ports, startReader });
    expect(readers).toHaveLength(1);
  });

  test('has the same bytes when it is made again of what has no salt in it', async () => {
    const choices = shareChoices.parse({ columns: { 'silver.people.email': 'drop' } });
    const [first, again] = [
      await exportNotebook({ ...request, choices }, on.ports()),
      await exportNotebook({ ...request, choices }, on.ports()),
    ];
    expect(await sha256(again.bytes)).toBe(await sha256(first.bytes));
  });

  test('says which cells give something else than they gave', async () => {
    const files = unzipSync(bundle);
    const notebook = strFromU8(files['notebook.ipynb'] ?? new Uint8Array());
    // Somebody writes other results, and mends the hashes of files to match.
    files['notebook.ipynb'] = strToU8(notebook.replace('avg(income)', 'avg(income) + 1'));
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
    manifest.files['notebook.ipynb'] = await sha256(files['notebook.ipynb']);
    files['manifest.json'] = strToU8(JSON.stringify(manifest));
    const replayed = await replayBundle(zipSync(files), on.ports());
    expect(replayed).toMatchObject({ kind: 'different', different: ['regions', 'chart'] });
  });

  test('without outputs has nothing to compare', async () => {
    const choices = { ...treatedChoices, outputs: false };
    const { bytes } = await exportNotebook({ ...request, choices }, on.ports());
    expect((await replayBundle(bytes, on.ports())).kind).toBe('nothing to compare');
  });
});

describe('a damaged bundle gives a sentence', () => {
  type Files = Record<string, Uint8Array>;
  const changed = (change: (files: Files) => void): Uint8Array => {
    const files = unzipSync(bundle);
    change(files);
    return zipSync(files);
  };
  const manifestWith = (change: (manifest: Record<string, unknown>) => void) => (files: Files) => {
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
    change(manifest);
    files['manifest.json'] = strToU8(JSON.stringify(manifest));
  };

  test.each<readonly [string, () => Uint8Array, RegExp]>([
    ['no zip', () => strToU8('{}'), /no zip archive/],
    ['nothing', () => new Uint8Array(), /no zip archive/],
    ['half of it', () => bundle.slice(0, bundle.length / 2), /archive is damaged/],
    [
      'a name that leads out',
      () => changed((files) => void (files['../evil.sh'] = strToU8('x'))),
      /file with the name "\.\.\/evil\.sh"/,
    ],
    [
      'an absolute name',
      () => changed((files) => void (files['/etc/passwd'] = strToU8('x'))),
      /file with the name "\/etc\/passwd"/,
    ],
    [
      'a name of Windows',
      () => changed((files) => void (files['data\\..\\x'] = strToU8('x'))),
      /file with the name/,
    ],
    [
      'a file that nobody names',
      () => changed((files) => void (files['data/more.arrow'] = strToU8('x'))),
      /"data\/more\.arrow", which its manifest\.json does not name/,
    ],
    [
      'other data',
      () =>
        changed((files) => {
          const bytes = files['data/silver.people.arrow'];
          const at = (bytes?.length ?? 0) - 100;
          if (bytes !== undefined) bytes[at] = (bytes[at] ?? 0) ^ 1;
        }),
      /"data\/silver\.people\.arrow" is not what it was/,
    ],
    [
      'a missing file',
      () => changed((files) => void delete files['data/silver.people.arrow']),
      /"data\/silver\.people\.arrow" is missing/,
    ],
    [
      'no manifest',
      () => changed((files) => void delete files['manifest.json']),
      /no manifest\.json/,
    ],
    [
      'a manifest that is none',
      () => changed((files) => void (files['manifest.json'] = strToU8('['.repeat(100_000)))),
      /not JSON/,
    ],
    [
      'a newer format',
      () => changed(manifestWith((manifest) => void (manifest['format'] = 9))),
      /newer Strata \(format 9/,
    ],
    [
      'an unknown member',
      () => changed(manifestWith((manifest) => void (manifest['run'] = 'rm -rf'))),
      /there is no "run"/,
    ],
    [
      'a table without data',
      () =>
        changed(
          manifestWith((manifest) => {
            manifest['tables'] = [
              { name: 'x.y', kind: 'workspace', file: 'notebook.ipynb', rows: 1 },
            ];
          }),
        ),
      /"x\.y" has no data/,
    ],
  ])('%s', async (_, make, sentence) => {
    const error = await openBundle(make()).then(
      () => ({ code: 'opened', message: '' }),
      (one: { code: string; message: string }) => one,
    );
    expect(error.code).toBe('NOTEBOOK_BUNDLE_INVALID');
    expect(error.message).toMatch(sentence);
  });

  test('wherever a byte of it is another, or it ends', async () => {
    const bytes = fc.nat({ max: bundle.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, by, cut) => {
          const copy = cut ? bundle.slice(0, at) : Uint8Array.from(bundle);
          if (!cut) copy[at] = (copy[at] ?? 0) ^ by;
          const told = await openBundle(copy).then(
            // What a zip says of days and systems is nothing of ours.
            ({ manifest }) => (cut ? 'opened' : Object.keys(manifest.files).length),
            (error: { code: string }) => error.code,
          );
          expect([3, 'NOTEBOOK_BUNDLE_INVALID']).toContain(told);
        },
      ),
      { numRuns: 500, seed: 11 },
    );
  });

  test('a bomb is not unpacked', async () => {
    const bomb = zipSync({ 'manifest.json': new Uint8Array(30_000_000) });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(openBundle(bomb, { limit: 20e6 })).rejects.toThrow(/larger than 20 MB/);
    // One that says it were small gives no more than it said.
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
    for (let at = 0; at < bomb.length - 4; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    }
    await expect(openBundle(bomb, { limit: 20e6 })).rejects.toThrow(/manifest\.json/);
  });
});
