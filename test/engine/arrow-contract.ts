import { tableFromIPC } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import type { Opened } from './contract.ts';

type Pieces = AsyncIterable<Uint8Array>;

async function decode(pieces: Pieces) {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return tableFromIPC(parts, { useBigInt: true });
}

export function arrowContract(opened: Opened): void {
  describe('arrow', () => {
    it('streams a result of several messages that another library reads back whole', async () => {
      const table = await decode(
        opened.connection.arrow(
          "select i, case when i % 3 > 0 then 'value ' || i end as text from range(200000) r(i) order by i",
        ),
      );
      expect(table.schema.fields.map(({ name }) => name)).toEqual(['i', 'text']);
      expect(table.numRows).toBe(200_000);
      const wrong = [...table.getChild('text')].findIndex(
        (value, i) => value !== (i % 3 > 0 ? `value ${i}` : null),
      );
      expect(wrong).toBe(-1);
    });

    it('stops after the limit, wherever that falls in a chunk, and binds parameters', async () => {
      for (const limit of [1, 2047, 2048, 2049, 10_000]) {
        const options = { limit, parameters: { from: 5 } };
        const table = await decode(
          opened.connection.arrow('select i + $from as i from range(10000) r(i)', options),
        );
        expect(table.numRows).toBe(limit);
        expect(Number(table.getChild('i').at(0))).toBe(5);
      }
    });

    it('gives the schema of a result without rows', async () => {
      const table = await decode(opened.connection.arrow("select 1 as a, 'x' as b where false"));
      expect([table.numRows, table.schema.fields.map(({ name }) => name)]).toEqual([0, ['a', 'b']]);
    });

    it('refuses a wrong statement', async () => {
      const refused = decode(opened.connection.arrow('selec 1'));
      await expect(refused).rejects.toMatchObject({ code: 'SQL_INVALID' });
    });

    it('ends as CANCELLED at an abort: before it starts, while it computes, between two messages', async () => {
      const { connection } = opened;
      const early = decode(connection.arrow('select 1', { signal: AbortSignal.abort() }));
      await expect(early).rejects.toMatchObject({ code: 'CANCELLED' });

      const computing = new AbortController();
      setTimeout(() => computing.abort(), 50);
      const sum = 'select sum((i * j) % 7) from range(10000000) a(i), range(10000000) b(j)';
      const stopped = decode(connection.arrow(sum, { signal: computing.signal }));
      await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });

      const reading = new AbortController();
      let messages = 0;
      const read = async (): Promise<void> => {
        const endless = connection.arrow('select i from range(100000000000) r(i)', {
          signal: reading.signal,
        });
        for await (const _piece of endless) if (++messages === 3) reading.abort();
      };
      await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(await connection.rows('select 1 as one')).toEqual([{ one: 1 }]);
    });

    it('leaves the connection usable for a reader that stops early', async () => {
      const { connection } = opened;
      for await (const _piece of connection.arrow('select i from range(100000000000) r(i)')) break;
      expect(await connection.rows('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });
}
