import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generate, type GeneratedRecord } from '../../../pipeline/sources/demo/generate.ts';
import { writeNdjson } from '../../../pipeline/sources/demo/node/write-ndjson.ts';
import type { GenerateOptions } from '../../../pipeline/sources/demo/options.ts';
import { generateAll } from './read-records.ts';

let folder: string;
const faults = { tombstone: 0.02, invalid_utf8: 0.02, malformed_json: 0.02 };
const options: GenerateOptions = { preset: 'orders', count: 5000, seed: 1, faults };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-ndjson-'));
});
afterEach(() => rm(folder, { recursive: true }));

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0x0a, from);
    if (end < 0) throw new Error('The last line has no end.');
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return lines;
}

test.each(['plain.ndjson', 'packed.ndjson.gz'])(
  '%s holds every record, byte for byte',
  async (name) => {
    const path = join(folder, name);
    const reported: number[] = [];
    const summary = await writeNdjson({
      path,
      records: generate(options),
      onProgress: (records) => reported.push(records),
    });
    const file = await readFile(path);
    const bytes = name.endsWith('.gz') ? gunzipSync(file) : file;
    const { records, tally } = generateAll(options);
    const expected = records.map(({ value }) =>
      Buffer.from(value ?? new TextEncoder().encode('null')),
    );
    expect(linesOf(bytes)).toEqual(expected);
    expect(summary).toEqual({ records: 5000, bytes: bytes.length, tally });
    expect(reported.length).toBeGreaterThan(2);
    expect(reported.at(-1)).toBe(5000);
    expect(await readdir(folder)).toEqual([name]);
  },
);

function record(value: Uint8Array): GeneratedRecord {
  return { key: null, value, timestamp: 0, fault: null };
}

test('a record larger than the buffer is written whole', async () => {
  const value = new Uint8Array(5_000_000).fill(0x61);
  const small = new Uint8Array([0x62]);
  const path = join(folder, 'large.ndjson');
  await writeNdjson({ path, records: [record(small), record(value), record(small)] });
  const written = linesOf(await readFile(path));
  expect(written.map((line) => line.length)).toEqual([1, 5_000_000, 1]);
});

test('an aborted or failed writing leaves the old file as it was and nothing else', async () => {
  const path = join(folder, 'kept.ndjson');
  await writeFile(path, 'old');
  const controller = new AbortController();
  const aborted = writeNdjson({
    path,
    records: generate({ ...options, count: 50_000_000, customers: 1000 }),
    signal: controller.signal,
    onProgress: (records) => records > 20_000 && controller.abort(),
  });
  await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' });
  const atOnce = { path, records: generate(options), signal: AbortSignal.abort() };
  await expect(writeNdjson(atOnce)).rejects.toMatchObject({ code: 'CANCELLED' });
  function* failing(): Generator<GeneratedRecord> {
    yield* generateAll({ ...options, count: 10 }).records;
    throw new Error('no more');
  }
  await expect(writeNdjson({ path, records: failing() })).rejects.toThrow('no more');
  expect(await readdir(folder)).toEqual(['kept.ndjson']);
  expect(await readFile(path, 'utf8')).toBe('old');
});

test('a folder that does not exist is a clear error', async () => {
  const path = join(folder, 'missing', 'x.ndjson');
  const writing = writeNdjson({ path, records: generate({ ...options, count: 10, faults: {} }) });
  await expect(writing).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', details: { path } });
});
