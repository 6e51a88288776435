import { describe, expect, it } from 'vitest';
import { onScratch } from '../../pipeline/engine/on-scratch.ts';
import type { Opened } from './contract.ts';

export function scratchContract(opened: Opened): void {
  describe('scratch tables', () => {
    it('hide those of the same name from whoever makes them, and from nobody else', async () => {
      const { connection, engine } = opened;
      await connection.run(
        `create schema kept; create schema other; create table other.source as select 5 as i;
         create table kept.made as select 1 as i; create table kept.untouched as select 2 as i;
         create schema later; create table later.total as select 7 as i`,
      );
      const own = await engine.connect();
      const sum =
        'select (select i from kept.made) as made, (select i from kept.untouched) as untouched';
      const seen = await onScratch(own, ['kept', 'later'], () =>
        own.transaction(async () => {
          await own.run(
            'create or replace table kept.made as select i + 10 as i from other.source',
          );
          await own.run(
            'create or replace view kept.seen as select m.i from kept.made m, other.source',
          );
          await own.run('create or replace table later.total as select sum(i) as i from kept.made');
          await own.run('create or replace temp table passing (name varchar)');
          await own.append('passing', [{ type: 'VARCHAR', values: ['a'] }]);
          // Somebody else replaces the table meanwhile, which would be a conflict of two writers of it.
          await connection.run('create or replace table kept.made as select 3 as i');
          const views = await own.rows('select i from kept.seen');
          const names = await own.strings('select name from passing');
          const total = 'select i::integer as i from later.total';
          const totals = [await own.rows(total), await connection.rows(total)];
          return [await own.rows(sum), views, names, totals, await connection.rows(sum)];
        }),
      );
      expect(seen).toEqual([
        [{ made: 15, untouched: 2 }],
        [{ i: 15 }],
        ['a'],
        [[{ i: 15 }], [{ i: 7 }]],
        [{ made: 3, untouched: 2 }],
      ]);
      expect(await own.rows(sum)).toEqual([{ made: 3, untouched: 2 }]);
      const left = 'select count(*) as n from duckdb_databases() where not internal';
      expect(await own.rows(left)).toEqual([{ n: 1 }]);
      own.close();
    });

    it('are gone where the work throws, and the error is told', async () => {
      const { connection } = opened;
      await connection.run('create schema kept; create table kept.made as select 1 as i');
      const failed = onScratch(connection, ['kept'], async () => {
        await connection.run('create or replace table kept.made as select 2 as i');
        expect(await connection.rows('select i from kept.made')).toEqual([{ i: 2 }]);
        throw new Error('no further');
      });
      await expect(failed).rejects.toThrow('no further');
      expect(await connection.rows('select i from kept.made')).toEqual([{ i: 1 }]);
    });
  });
}
