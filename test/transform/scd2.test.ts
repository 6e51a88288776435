import { describe, expect, it, onTestFinished } from 'vitest';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { openNativeEngine } from '../../pipeline/engine/native/native-engine.ts';
import { keepHistory } from '../../pipeline/transform/scd2.ts';
import { randomFrom } from '../helpers/transactions.ts';

type State = ReadonlyMap<number | null, { name: string | null; value: number | null }>;

async function open(): Promise<Connection> {
  const engine = await openNativeEngine(':memory:');
  const connection = await engine.connect();
  onTestFinished(() => engine.close());
  await connection.run(
    `create table now (id integer, name varchar, value double, note varchar, as_of date not null);
     create table history (id integer, name varchar, value double, note varchar, as_of date not null,
       valid_from date not null, valid_to date, is_current boolean not null)`,
  );
  return connection;
}

async function keep(connection: Connection, state: State, day: string): Promise<void> {
  await connection.run('delete from now');
  for (const [id, { name, value }] of state) {
    await connection.run(
      "insert into now values ($id::integer, $name, $value::double, concat('seen ', $day), $day::date)",
      { id, name, value, day },
    );
  }
  await keepHistory(connection, {
    table: 'now',
    history: 'history',
    key: 'id',
    compared: ['name', 'value'],
    asOf: day,
  });
}

async function stateOn(connection: Connection, day: string): Promise<State> {
  const rows = await connection.rows<{
    id: number | null;
    name: string | null;
    value: number | null;
  }>(
    'select id, name, value from history where valid_from <= $day::date and (valid_to is null or valid_to > $day::date)',
    { day },
  );
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  return new Map(rows.map(({ id, name, value }) => [id, { name, value }]));
}

const dayOf = (n: number): string => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);

/** Rows appear, change, go to NULL and back, vanish and return; one key is NULL, as that of the whole is. */
function nextState(state: State, random: () => number): State {
  const next = new Map(state);
  for (const id of [null, 1, 2, 3, 4, 5, 6, 7, 8]) {
    const chance = random();
    if (chance < 0.15) next.delete(id);
    else if (chance < 0.45) {
      next.set(id, {
        name: random() < 0.3 ? null : `n${Math.floor(random() * 3)}`,
        value: random() < 0.3 ? null : Math.floor(random() * 2),
      });
    }
  }
  return next;
}

describe('keepHistory', () => {
  it.each([1, 2, 3])(
    'replays to the state of every day, each key once, whatever happened (seed %i)',
    async (seed) => {
      const connection = await open();
      const random = randomFrom(seed);
      const states = new Map<string, State>();
      let state: State = new Map();
      for (let n = 0; n < 25; n++) {
        const day = dayOf(Math.floor(n * 1.3));
        state = nextState(state, random);
        await keep(connection, state, day);
        // A rerun on the same day with other data replaces what the first one said.
        if (random() < 0.3) {
          state = nextState(state, random);
          await keep(connection, state, day);
        }
        states.set(day, state);
      }
      for (const [day, expected] of states)
        expect(await stateOn(connection, day)).toEqual(expected);
      const [broken] = await connection.rows(
        `select count(*) filter (valid_to <= valid_from) as empty, count(*) filter (is_current <> (valid_to is null)) as flags,
         (select count(*) from history a join history b on a.id is not distinct from b.id and a.rowid < b.rowid
            and a.valid_from < coalesce(b.valid_to, date '9999-01-01') and b.valid_from < coalesce(a.valid_to, date '9999-01-01')) as overlaps
       from history`,
      );
      expect(broken).toEqual({ empty: 0, flags: 0, overlaps: 0 });
      const current = await connection.rows('select id from history where is_current');
      expect(new Set(current.map(({ id }) => id))).toEqual(new Set(state.keys()));
    },
  );

  it('leaves rows alone that did not change, even where columns that are not compared did', async () => {
    const connection = await open();
    const state: State = new Map([
      [null, { name: null, value: 1 }],
      [1, { name: 'a', value: 1 }],
      [2, { name: null, value: 2 }],
    ]);
    // Versions that have ended must not count either.
    await keep(connection, new Map([[1, { name: 'was', value: 0 }]]), '2023-12-01');
    await keep(connection, state, '2024-01-01');
    const before = await connection.rows('select rowid, * from history order by rowid');
    await keep(connection, state, '2024-01-02');
    await keep(connection, state, '2024-01-02');
    expect(await connection.rows('select rowid, * from history order by rowid')).toEqual(before);
    expect(before.map((row) => row['note'])).toEqual([
      'seen 2023-12-01',
      'seen 2024-01-01',
      'seen 2024-01-01',
      'seen 2024-01-01',
    ]);
  });

  it('lets the last of several changes of one day stand for it', async () => {
    const connection = await open();
    for (const [day, name] of [
      ['2024-01-01', 'a'],
      ['2024-01-05', 'b'],
      ['2024-01-05', 'c'],
    ] as const) {
      await keep(connection, new Map([[1, { name, value: 1 }]]), day);
    }
    const rows = await connection.rows(
      'select name, valid_from, valid_to, is_current from history order by valid_from',
    );
    expect(rows).toEqual([
      { name: 'a', valid_from: '2024-01-01', valid_to: '2024-01-05', is_current: false },
      { name: 'c', valid_from: '2024-01-05', valid_to: null, is_current: true },
    ]);
  });
});
