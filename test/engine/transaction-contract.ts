import { describe, expect, it } from 'vitest';
import { interruptible } from '../../pipeline/engine/interruptible.ts';
import type { Connection } from '../../pipeline/engine/engine.ts';
import type { Opened } from './contract.ts';

/** Would not end in the lifetime of this machine. */
const ENDLESS =
  'select count(*) as n from range(10000000) a(i), range(10000000) b(j) where (i * j) % 7 = 3';

async function numbers(connection: Connection): Promise<unknown[]> {
  return (await connection.rows('select i from t order by i')).map((row) => row['i']);
}

export function transactionContract(opened: Opened, progressBar: boolean): void {
  describe('transactions', () => {
    it('commits what returns, rolls back what throws, and gives value and error through', async () => {
      const { connection } = opened;
      await connection.run('create table t (i integer)');
      const value = await connection.transaction(async () => {
        await connection.run('insert into t values (1)');
        return 'done';
      });
      const failed = connection.transaction(async () => {
        await connection.run('insert into t values (2)');
        await connection.run('insert into nowhere values (3)');
      });
      await expect(failed).rejects.toMatchObject({ code: 'SQL_INVALID' });
      expect(value).toBe('done');
      expect(await numbers(connection)).toEqual([1]);
    });

    it('lets a call inside another join it: the outer one decides', async () => {
      const { connection } = opened;
      await connection.run('create table t (i integer)');
      const failed = connection.transaction(async () => {
        await connection.transaction(() => connection.run('insert into t values (1)'));
        throw new Error('outer');
      });
      await expect(failed).rejects.toThrow('outer');
      expect(await numbers(connection)).toEqual([]);
      await connection.transaction(async () => {
        await connection.transaction(() => connection.run('insert into t values (2)'));
        await connection.run('insert into t values (3)');
      });
      expect(await numbers(connection)).toEqual([2, 3]);
    });

    it('shows another connection the last committed state until it commits', async () => {
      const { connection, engine } = opened;
      await connection.run('create table t as select 1 as i');
      const reader = await engine.connect();
      await connection.transaction(async () => {
        await connection.run('insert into t values (2)');
        await connection.run('create table u as select 1 as i');
        expect(await numbers(connection)).toEqual([1, 2]);
        expect(await numbers(reader)).toEqual([1]);
        await expect(reader.rows('select * from u')).rejects.toMatchObject({ code: 'SQL_INVALID' });
      });
      expect(await numbers(reader)).toEqual([1, 2]);
      reader.close();
    });
  });

  describe('interrupt', () => {
    it('ends a statement that would not end, as CANCELLED, and the connection works afterwards', async () => {
      const { connection } = opened;
      const running = connection.rows(ENDLESS);
      setTimeout(() => connection.interrupt(), 50);
      await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(await connection.rows('select 1 as one')).toEqual([{ one: 1 }]);
    });

    it('rolls back the transaction that it met', async () => {
      const { connection } = opened;
      await connection.run('create table t (i integer)');
      const running = connection.transaction(async () => {
        await connection.run('insert into t values (1)');
        await connection.rows(ENDLESS);
      });
      setTimeout(() => connection.interrupt(), 50);
      await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(await numbers(connection)).toEqual([]);
      await connection.transaction(() => connection.run('insert into t values (2)'));
      expect(await numbers(connection)).toEqual([2]);
    });

    it('is harmless where nothing runs', async () => {
      opened.connection.interrupt();
      expect(await opened.connection.rows('select 1 as one')).toEqual([{ one: 1 }]);
    });

    it('by a signal reaches a statement that starts only after the abort', async () => {
      const { connection } = opened;
      await connection.run('create table t (i integer)');
      const abort = new AbortController();
      const running = interruptible(connection, { signal: abort.signal, what: 'The work' }, () =>
        connection.transaction(async () => {
          await connection.run('insert into t values (1)');
          abort.abort();
          // The abort met no statement; the next one must still be stopped.
          await connection.rows(ENDLESS);
        }),
      );
      await expect(running).rejects.toMatchObject({
        code: 'CANCELLED',
        message: 'The work was cancelled; what had not been committed was rolled back.',
      });
      await connection.transaction(() => connection.run('insert into t values (2)'));
      expect(await numbers(connection)).toEqual([2]);
      // Nothing goes on interrupting: this runs many times as long as the pause between two interrupts.
      const [row] = await connection.rows('select sum(i % 7) as s from range(100000000) r(i)');
      expect(row).toEqual({ s: 299_999_995 });
    });

    it('by a signal that was aborted before starts nothing, and one never aborted changes nothing', async () => {
      const { connection } = opened;
      await connection.run('create table t (i integer)');
      const insert = (): Promise<number> => connection.run('insert into t values (1)');
      const late = { signal: AbortSignal.abort(), what: 'The work' };
      await expect(interruptible(connection, late, insert)).rejects.toMatchObject({
        code: 'CANCELLED',
      });
      expect(await numbers(connection)).toEqual([]);
      const calm = { signal: new AbortController().signal, what: 'The work' };
      expect(await interruptible(connection, calm, insert)).toBe(1);
      const broken = interruptible(connection, calm, () => connection.run('nonsense'));
      await expect(broken).rejects.toMatchObject({ code: 'SQL_INVALID' });
    });

    it('leaves other connections alone', async () => {
      const { connection, engine } = opened;
      const other = await engine.connect();
      const running = connection.rows(ENDLESS);
      setTimeout(() => connection.interrupt(), 50);
      const rows = await other.rows('select count(*) as n from range(100000) a(i)');
      await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(rows).toEqual([{ n: 100_000 }]);
      other.close();
    });
  });

  describe('progress', () => {
    it('is a percentage or null, and null or 0 to 100 while a statement runs', async () => {
      const { connection } = opened;
      if (progressBar)
        await connection.run(
          'set enable_progress_bar = true; set enable_progress_bar_print = false',
        );
      const running = connection.rows(ENDLESS);
      const seen: (number | null)[] = [];
      for (let i = 0; i < 10; i++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        seen.push(connection.progress());
      }
      connection.interrupt();
      await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(seen.filter((value) => value !== null && !(value >= 0 && value <= 100))).toEqual([]);
    });
  });
}
