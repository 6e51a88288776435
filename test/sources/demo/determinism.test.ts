import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { generate } from '../../../pipeline/sources/demo/generate.ts';
import { presetNames } from '../../../pipeline/sources/demo/preset-names.ts';
import type { GenerateOptions } from '../../../pipeline/sources/demo/options.ts';
import { exp, ln } from '../../../pipeline/sources/demo/portable-math.ts';
import { fieldsOf, fingerprint, generateAll } from './read-records.ts';

const bank: GenerateOptions = { preset: 'bank', count: 20_000, seed: 42 };
const faults = { duplicate: 0.02, late: 0.02, malformed_json: 0.01, tombstone: 0.01, refund: 0.02 };

function inAnotherProcess(program: string, nodeOptions: string[] = []): string {
  const arguments_ = [...nodeOptions, '--input-type=module-typescript', '--eval', program];
  return execFileSync(process.execPath, arguments_, { encoding: 'utf8' });
}

function moduleUrl(path: string): string {
  return new URL(path, import.meta.url).href;
}

describe('the same seed', () => {
  test.each(presetNames)('gives the same bytes of %s, also in another process', (preset) => {
    const options = { ...bank, preset };
    const here = fingerprint(generate(options));
    const program = `
      import { generate } from '${moduleUrl('../../../pipeline/sources/demo/generate.ts')}';
      import { fingerprint } from '${moduleUrl('./read-records.ts')}';
      process.stdout.write(fingerprint(generate(${JSON.stringify(options)})));`;
    expect(inAnotherProcess(program)).toBe(here);
    expect(fingerprint(generate({ ...options, seed: 43 }))).not.toBe(here);
  });

  test('gives the bytes that were recorded when the generator was made, on any machine', () => {
    expect(fingerprint(generate(bank))).toBe(
      '13f48c24351bf9ac743969d949e818a986df18cd093c95de4a8b2324cf33b728',
    );
  });

  test('gives the same customers in every preset and in larger populations', () => {
    const shared = { seed: 7, customers: 500 };
    const people = new Map(
      fieldsOf({ ...shared, preset: 'demographics', count: 500 }).map((one) => [
        one.customer_id,
        one,
      ]),
    );
    const more = fieldsOf({ seed: 7, customers: 800, preset: 'demographics', count: 800 });
    for (const one of more) {
      if (people.has(one.customer_id)) expect(one).toEqual(people.get(one.customer_id));
    }
    for (const sale of fieldsOf({
      ...shared,
      preset: 'bridgecart',
      count: 6000,
      faults: { late: 0.05 },
    })) {
      const { customer_id, name, age, income, gender } = sale;
      expect(people.get(customer_id)).toMatchObject({ name, age, income, gender });
      expect(String(sale.purchase_date) >= String(people.get(customer_id)?.signup_date)).toBe(true);
    }
    for (const event of fieldsOf({ ...shared, preset: 'engagement', count: 6000 })) {
      const signup = String(people.get(event.customer_id)?.signup_date);
      expect(String(event.timestamp) >= signup).toBe(true);
    }
  });
});

describe('skip', () => {
  test.each([
    { ...bank, count: 6000, transactionIds: true, faults },
    { ...bank, preset: 'bridgecart' as const, count: 6000, faults },
    { ...bank, preset: 'demographics' as const, count: 6000 },
  ])('leaves out exactly the first records of $preset', (options) => {
    const { records } = generateAll(options);
    const { records: part } = generateAll({ ...options, count: 2500, skip: 3500 });
    expect(part).toEqual(records.slice(3500));
    const middle = generateAll({ ...options, count: 1000, skip: 2000, whole: 6000 });
    expect(middle.records).toEqual(records.slice(2000, 3000));
    const faulty = middle.records.filter((record) => record.fault === 'late').length;
    expect(middle.tally.injected.late).toBe(faulty);
  });

  test('gives further transactions that share no id with the earlier ones', () => {
    const options = { ...bank, customers: 1000, count: 10_000, transactionIds: true };
    const earlier = fieldsOf(options);
    const later = fieldsOf({ ...options, count: 1000, skip: 10_000 });
    expect(new Set([...earlier, ...later].map((one) => one.transaction_id)).size).toBe(11_000);
  });
});

test('records fill the period and come in the order of time', () => {
  const { records } = generateAll(bank);
  expect(records).toHaveLength(20_000);
  const times = records.map((record) => record.timestamp);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Date(times[0] ?? 0).toISOString().slice(0, 10)).toBe('2023-07-01');
  expect(new Date(times.at(-1) ?? 0).toISOString().slice(0, 10)).toBe('2025-06-30');
  const { records: march } = generateAll({ ...bank, count: 900, end: '2024-03-31', months: 1 });
  const days = new Set(march.map((one) => new Date(one.timestamp).toISOString().slice(0, 10)));
  expect([...days].sort()[0]).toBe('2024-03-01');
  expect(days.size).toBe(31);
});

test('half a million records pass through forty megabytes of heap', () => {
  const program = `
    import { generate } from '${moduleUrl('../../../pipeline/sources/demo/generate.ts')}';
    let records = 0;
    for (const record of generate({ preset: 'bank', count: 500000, customers: 20000, seed: 1 })) {
      records += record.value === null ? 0 : 1;
    }
    process.stdout.write(String(records));`;
  expect(inAnotherProcess(program, ['--max-old-space-size=40'])).toBe('500000');
});

test('the portable exponential and logarithm agree with the platform', () => {
  for (let x = -30; x <= 30; x += 0.0371) {
    expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
    const y = Math.exp(x);
    expect(Math.abs(ln(y) - Math.log(y))).toBeLessThan(1e-13);
  }
});

test('the sources need no module of Node but the writer', async () => {
  const { readdir, readFile } = await import('node:fs/promises');
  const folder = fileURLToPath(new URL('../../../pipeline/sources/demo/', import.meta.url));
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const onNode = [];
  for (const name of files) {
    if ((await readFile(`${folder}${name}`, 'utf8')).includes("from 'node:")) onNode.push(name);
  }
  expect(files.length).toBeGreaterThan(15);
  expect(onNode).toEqual(['node/write-ndjson.ts']);
});
