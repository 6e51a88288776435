import { describe, expect, test } from 'vitest';
import { brief, cell, documentOf, openSession, slider, sql } from './open-session.ts';

const chain = [
  cell('k', slider('k', 5)),
  cell('a', sql('a', 'select {{k}} from silver.sales')),
  cell('b', sql('b', 'select 10 from a')),
  cell('lone', sql(null, 'select 7')),
];

describe('running', () => {
  test('a cell runs what it needs first, wherever that stands on the page, and nothing else', async () => {
    const { session, engine } = openSession(documentOf(chain.toReversed()));
    await session.run(['b']);
    expect(engine.made).toEqual(['a = 6', 'b = 16']);
    expect(brief(session)).toEqual({ lone: 'idle', b: 'done: 16', a: 'done: 6', k: 'done' });
  });

  test('all is run once, and once more only where it is asked for', async () => {
    const { session, engine } = openSession(documentOf(chain));
    await session.run('all');
    await session.run('all');
    expect(engine.made.toSorted()).toEqual(['_cell_lone = 7', 'a = 6', 'b = 16']);
    await session.run(['lone'], { again: true });
    expect(engine.made.length).toBe(4);
    await session.run(['a'], { again: true });
    await session.idle();
    expect(engine.made.slice(4)).toEqual(['a = 6', 'b = 16']);
  });

  test('moving cells on the page runs nothing', async () => {
    const { session, engine } = openSession(documentOf(chain));
    await session.run('all');
    const before = engine.made.length;
    session.update({ changed: [], order: ['lone', 'b', 'k', 'a'] });
    await session.idle();
    expect(engine.made.length).toBe(before);
    expect(session.states().map(({ id }) => id)).toEqual(['lone', 'b', 'k', 'a']);
  });

  test('nothing runs that is not trusted, and what it reads is asked once it is', async () => {
    const { session, engine } = openSession(documentOf(chain), false);
    await expect(session.run('all')).rejects.toMatchObject({ code: 'NOTEBOOK_UNTRUSTED' });
    session.update({ changed: [cell('k', slider('k', 6))] });
    await session.idle();
    expect(engine.made).toEqual([]);
    session.setTrusted(true);
    await session.idle();
    expect(session.states().map(({ reads }) => reads)).toEqual([
      [],
      ['k', 'silver.sales'],
      ['a'],
      [],
    ]);
    await session.run(['b']);
    expect(engine.made).toEqual(['a = 7', 'b = 17']);
  });
});

describe('a change', () => {
  test('of an input runs what depends on it in a reactive notebook', async () => {
    const { session, engine } = openSession(documentOf(chain));
    session.update({ changed: [cell('k', slider('k', 9))] });
    await session.idle();
    expect(engine.made).toEqual(['a = 10', 'b = 20']);
  });

  test('marks stale in a manual one, until it is taken back', async () => {
    const { session, engine } = openSession(documentOf(chain, 'manual'));
    await session.run('all');
    session.update({ changed: [cell('k', slider('k', 9))] });
    await session.idle();
    expect(brief(session)).toEqual({
      k: 'done',
      a: 'stale: 6',
      b: 'stale: 16',
      lone: 'done: 7',
    });
    session.update({ changed: [cell('k', slider('k', 5))] });
    await session.idle();
    expect(brief(session)).toMatchObject({ a: 'done: 6', b: 'done: 16' });
    expect(engine.made.length).toBe(3);
  });

  test('of the mode runs what is stale', async () => {
    const { session } = openSession(documentOf(chain, 'manual'));
    await session.run('all');
    session.update({ changed: [cell('k', slider('k', 9))] });
    session.update({ changed: [], mode: 'reactive' });
    await session.idle();
    expect(brief(session)).toMatchObject({ a: 'done: 10', b: 'done: 20' });
  });

  test('of a query that nobody has run does not run it', async () => {
    const { session, engine } = openSession(documentOf(chain));
    session.update({ changed: [cell('a', sql('a', 'select 1'))] });
    await session.idle();
    expect(engine.made).toEqual([]);
  });

  test('of a slider on the move never queues up: what is out of date is stopped, the last value wins', async () => {
    const { session, engine } = openSession(documentOf(chain));
    await session.run('all');
    engine.turns = 5;
    for (let value = 10; value < 60; value += 1) {
      session.update({ changed: [cell('k', slider('k', value))] });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await session.idle();
    expect(engine.made.slice(3)).toEqual(['a = 60', 'b = 70']);
    expect(engine.most).toBe(2);
    expect(brief(session)).toMatchObject({ a: 'done: 60', b: 'done: 70' });
  });

  test('of a name drops the table, so that nobody reads it by the old one', async () => {
    const { session, engine } = openSession(documentOf(chain));
    await session.run('all');
    session.update({ changed: [cell('a', sql('c', 'select {{k}} from silver.sales'))] });
    await session.idle();
    expect([...engine.tables.keys()].toSorted()).toEqual(['_cell_lone', 'b', 'c']);
    expect(brief(session)).toMatchObject({
      a: 'done: 6',
      b: 'failed: The SQL cannot be run: no table a',
    });
    session.update({ changed: [], order: ['k', 'b', 'lone'] });
    await session.idle();
    expect([...engine.tables.keys()].toSorted()).toEqual(['_cell_lone', 'b']);
  });

  test('that swaps two names leaves each with its own rows', async () => {
    const cells = [cell('a', sql('x', 'select 1')), cell('b', sql('y', 'select 2'))];
    const { session, engine } = openSession(documentOf(cells));
    await session.run('all');
    session.update({
      changed: [cell('a', sql('y', 'select 1')), cell('b', sql('x', 'select 2'))],
    });
    await session.idle();
    expect([...engine.tables]).toEqual(
      expect.arrayContaining([
        ['y', 1],
        ['x', 2],
      ]),
    );
    expect(brief(session)).toEqual({ a: 'done: 1', b: 'done: 2' });
  });
});

describe('a failure', () => {
  test("is the cell's own: what reads it waits with a sentence, others run", async () => {
    const cells = [...chain, cell('c', sql('c', 'select 1 from b'))];
    const { session } = openSession(documentOf(cells));
    session.update({ changed: [cell('a', sql('a', 'select broken'))] });
    await session.run('all');
    expect(brief(session)).toEqual({
      k: 'done',
      a: 'failed: The SQL cannot be run: it is broken',
      b: 'stale: The cell waits for "a", which failed.',
      c: 'stale: The cell waits for "b", which waits for another cell.',
      lone: 'done: 7',
    });
    expect(session.document.cells[1]?.outputs).toEqual([
      {
        output_type: 'error',
        ename: 'SQL_INVALID',
        evalue: 'The SQL cannot be run: it is broken',
        traceback: [],
      },
    ]);
    session.update({ changed: [cell('a', sql('a', 'select 3'))] });
    await session.idle();
    expect(brief(session)).toMatchObject({ a: 'done: 3', b: 'done: 13', c: 'done: 14' });
  });

  test('of names is told on every cell concerned, which never run', async () => {
    const cells = [
      cell('a', sql('x', 'select 1')),
      cell('b', sql('X', 'select 2')),
      cell('c', sql('p', 'select 1 from q')),
      cell('d', sql('q', 'select 1 from p')),
      cell('e', sql(null, 'select 1 from x')),
      cell('f', sql(null, 'select {{nosuch}}')),
    ];
    const { session, engine } = openSession(documentOf(cells));
    await session.run('all');
    expect(engine.made).toEqual([]);
    expect(session.states().map(({ status, error }) => [status, error?.code])).toEqual([
      ['failed', 'CELL_INVALID'],
      ['failed', 'CELL_INVALID'],
      ['failed', 'CELL_INVALID'],
      ['failed', 'CELL_INVALID'],
      ['stale', 'CELL_NEEDS'],
      ['failed', 'CELL_INVALID'],
    ]);
    session.update({ changed: [cell('b', sql('y', 'select 2'))] });
    await session.run('all');
    expect(brief(session)).toMatchObject({ a: 'done: 1', b: 'done: 2', e: 'done: 2' });
  });
});

describe('cancelling', () => {
  test('stops what runs and forgets what waits; a later run begins anew', async () => {
    const { session, engine } = openSession(documentOf(chain));
    engine.turns = 1_000_000;
    const run = session.run('all');
    await new Promise((resolve) => setTimeout(resolve, 1));
    session.cancel();
    await run;
    expect(engine.made).toEqual([]);
    expect(brief(session)).toEqual({ k: 'done', a: 'cancelled', b: 'idle', lone: 'cancelled' });
    engine.turns = 1;
    await session.run('all');
    expect(brief(session)).toEqual({ k: 'done', a: 'done: 6', b: 'done: 16', lone: 'done: 7' });
  });

  test('then running at once waits for what was stopped', async () => {
    const { session, engine } = openSession(documentOf(chain));
    engine.turns = 1_000_000;
    void session.run('all');
    await new Promise((resolve) => setTimeout(resolve, 1));
    session.cancel();
    engine.turns = 1;
    await session.run('all');
    expect(brief(session)).toMatchObject({ a: 'done: 6', b: 'done: 16', lone: 'done: 7' });
  });
});

describe('new data', () => {
  test('run what reads them, and leave pinned cells and those that read none', async () => {
    const cells = [...chain, cell('p', sql('p', 'select 100 from silver.sales'), { pinned: true })];
    const { session, engine } = openSession(
      documentOf([...cells, cell('q', sql('q', 'select 1 from p'))]),
    );
    await session.run('all');
    const before = engine.made.length;
    engine.data = 50;
    await session.refresh();
    await session.idle();
    expect(engine.made.slice(before)).toEqual(['a = 55', 'b = 65']);
    expect(brief(session)).toMatchObject({ p: 'done: 101', q: 'done: 102', lone: 'done: 7' });
    await session.run(['p'], { again: true });
    await session.idle();
    expect(brief(session)).toMatchObject({ p: 'done: 150', q: 'done: 151' });
  });

  test('make stale in a manual notebook', async () => {
    const { session, engine } = openSession(documentOf(chain, 'manual'));
    await session.run('all');
    engine.data = 2;
    await session.refresh();
    await session.idle();
    expect(brief(session)).toMatchObject({ a: 'stale: 6', b: 'stale: 16', lone: 'done: 7' });
  });

  test('that take all tables with them are followed by making again what is read', async () => {
    const { session, engine } = openSession(documentOf(chain));
    await session.run('all');
    const before = engine.made.length;
    engine.die();
    session.update({ changed: [cell('lone', sql(null, 'select 8 from b'))] });
    await session.idle();
    expect(engine.made.slice(before)).toEqual(['a = 6', 'b = 16', '_cell_lone = 24']);
    engine.die();
    const page = await session.rows('b', 0, 10);
    expect(page.length).toBeGreaterThan(0);
    expect(engine.made.slice(before + 3)).toEqual(['a = 6', 'b = 16']);
  });
});

describe('what a session shows', () => {
  test('goes when outputs are cleared, and comes back with a run', async () => {
    const { session, engine } = openSession(documentOf(chain));
    await session.run('all');
    session.clearOutputs();
    await session.idle();
    expect(brief(session)).toEqual({ k: 'done', a: 'idle', b: 'idle', lone: 'idle' });
    expect(engine.made.length).toBe(3);
    await session.run('all');
    expect(brief(session)).toMatchObject({ a: 'done: 6', b: 'done: 16' });
  });

  test('is told to listeners, the last state last', async () => {
    const { session } = openSession(documentOf(chain));
    const told = new Map<string, string[]>();
    session.listen((states) => {
      for (const { id, status } of states) told.set(id, [...(told.get(id) ?? []), status]);
    });
    await session.run(['b']);
    await session.close();
    expect(told.get('a')).toEqual(['waiting', 'running', 'done'].slice(1));
    expect(told.get('b')).toEqual(['waiting', 'running', 'done']);
  });

  test('scripts and panels take values and tables by name', async () => {
    const cells = [
      ...chain,
      cell('s', '%%strata javascript\nconsole.log(k, b, Math.max(1, unknown))'),
      cell('t', '%%strata kpis\n{"kpis": ["aov"]}'),
    ];
    const { session, scripts, panels } = openSession(documentOf(cells));
    await session.run('all');
    expect(scripts.asked[0]).toMatchObject({ language: 'javascript', values: { k: 5 } });
    expect(Object.keys(scripts.asked[0]?.tables ?? {})).toEqual(['b']);
    expect(brief(session)).toMatchObject({ t: 'done: kpis {"asOf":null,"kpis":["aov"]}' });
    session.update({ changed: [cell('k', slider('k', 6))] });
    await session.idle();
    expect([scripts.asked.length, panels.runs]).toEqual([2, 1]);
  });
});
