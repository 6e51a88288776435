import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { preset, type TemporaryWorkspace, temporaryWorkspace } from '../helpers/workspace.ts';

let workspace: TemporaryWorkspace;
beforeEach(async () => {
  workspace = await temporaryWorkspace();
});
afterEach(() => workspace.remove());

interface Observation {
  readonly customer_id: string;
  readonly purchase_date: string;
  readonly purchase_amount: number;
  readonly name?: string | null;
  readonly age?: number | null;
  readonly gender?: string | null;
}

const bridgecart = { compiled: preset('bridgecart') };

function observations(): Observation[] {
  const random = createRandom(11);
  return Array.from({ length: 200 }, (_, i) => ({
    customer_id: `c${random.integer(12)}`,
    purchase_date: new Date(Date.UTC(2024, 0, 1) + i * 3_600_000).toISOString(),
    purchase_amount: i,
    ...(random.integer(3) === 0 ? { name: `name${i}` } : {}),
    ...(random.integer(3) === 0 ? { age: random.integer(90) } : { age: null }),
    gender: ['M', 'female', '', null][random.integer(4)] ?? null,
  }));
}

/** Each attribute as it stood last, by plain loops over the observations in the order of time. */
function lastKnown(all: readonly Observation[]) {
  const known = new Map<string, Record<string, string | number | null>>();
  for (const one of all) {
    const before = known.get(one.customer_id) ?? {
      customer_id: one.customer_id,
      name: null,
      age: null,
      gender: null,
    };
    const gender = one.gender === 'female' ? 'F' : one.gender;
    const described = [one.name, one.age, gender].some(
      (value) => value !== null && value !== undefined && value !== '',
    );
    if (!described) continue;
    known.set(one.customer_id, {
      ...before,
      name: one.name ?? before['name'] ?? null,
      age: one.age ?? before['age'] ?? null,
      gender:
        gender === null || gender === undefined || gender === ''
          ? (before['gender'] ?? null)
          : gender,
    });
  }
  return [...known.values()].toSorted((a, b) =>
    String(a['customer_id']) < String(b['customer_id']) ? -1 : 1,
  );
}

test('an attribute is what was observed last, whatever the order of arrival; nothing erases', async () => {
  const all = observations();
  const expected = lastKnown(all);
  for (let round = 0; round < 4; round++) {
    const other = await temporaryWorkspace();
    const random = createRandom(round);
    const shuffled = all
      .map((one) => ({ one, key: random.integer(1 << 30) }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ one }) => JSON.stringify(one));
    for (let at = 0, file = 0; at < shuffled.length; file++) {
      const to = at + 10 + random.integer(90);
      await other.ingest(`f${file}.ndjson`, shuffled.slice(at, to).join('\n'), bridgecart);
      if (round > 0) await other.transform();
      at = to;
    }
    await other.transform();
    await other.expectConserved();
    const rows = await other.connection.rows(
      'select customer_id, name, age, gender from silver.customers order by customer_id',
    );
    expect(rows).toEqual(expected);
    await other.remove();
  }
});

test('where records say no time the later line of a file stands, and the later file', async () => {
  const line = (name: string | null, age: number | null): string =>
    JSON.stringify({ customer_id: 'a', name, age });
  const demographics = { compiled: preset('demographics') };
  const lines = Array.from({ length: 5000 }, (_, i) => line(`n${i}`, i % 2 === 0 ? i % 100 : null));
  await workspace.ingest('f1.ndjson', lines.join('\n'), demographics);
  await workspace.transform();
  const read = () => workspace.connection.rows('select name, age from silver.customers');
  expect(await read()).toEqual([{ name: 'n4999', age: 98 }]);
  await workspace.ingest('f2.ndjson', line('later', null), demographics);
  await workspace.transform();
  expect(await read()).toEqual([{ name: 'later', age: 98 }]);
});

test('an attribute that does not read as what it is quarantines the record rather than vanish', async () => {
  const lines = [
    ['a', '"age":"old"', 'invalid_age'],
    ['b', '"age":-1', 'invalid_age'],
    ['c', '"age":33.5', 'invalid_age'],
    ['d', '"age":151', 'invalid_age'],
    ['e', '"gender":"q"', 'invalid_gender'],
    ['f', '"income":"much"', 'invalid_income'],
    ['g', '"age":"33.0","gender":"Female","income":"1e4"', null],
  ] as const;
  const text = lines.map(([id, more]) => `{"customer_id":"${id}",${more}}`).join('\n');
  await workspace.ingest('f.ndjson', text, { compiled: preset('demographics') });
  await workspace.transform();
  expect(
    await workspace.connection.strings('select reason from ops.quarantine order by position'),
  ).toEqual(lines.flatMap(([, , reason]) => reason ?? []));
  expect(
    await workspace.connection.rows(
      'select customer_id, age, gender, cast(income as varchar) as income from silver.customers',
    ),
  ).toEqual([{ customer_id: 'g', age: 33, gender: 'F', income: '10000.0000' }]);
});
