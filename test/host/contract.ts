import { createHash } from 'node:crypto';
import { isDefinedError, ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually, gate, type HostClient, type HostFixture } from '../helpers/host-fixture.ts';
import { arrowLikePieces, sampleStatus } from '../helpers/scripted-workbench.ts';

/** One transport, open. `connect` opens one more wire to the same host; the in-process client has none to break. */
export interface OpenTransport {
  readonly host: HostFixture;
  connect(): Promise<OpenWire>;
  close(): Promise<void>;
}

export interface OpenWire {
  readonly client: HostClient;
  /** Ends the wire from the named side. */
  readonly end?: (side: 'page' | 'host') => Promise<void>;
}

async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
}

async function failure(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const error = await call.then(
    () => expect.fail('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ORPCError)) throw error;
  return error;
}

function appError(code: string, message: string): unknown {
  return expect.objectContaining({ code, message, next: expect.stringMatching(/\S/) });
}

/** What every way to a host must do alike. */
export function hostContract(name: string, open: () => Promise<OpenTransport>): void {
  describe(`a host ${name}`, () => {
    let transport: OpenTransport;
    let wire: OpenWire;
    let client: HostClient;
    let host: HostFixture;

    beforeEach(async () => {
      transport = await open();
      ({ host } = transport);
      wire = await transport.connect();
      ({ client } = wire);
    });

    afterEach(() => transport.close());

    test('answers calls with whole values and fills in the defaults of their input', async () => {
      const [status, page] = await Promise.all([
        client.workspace.status(),
        client.tables.page({ table: 'gold.segment_kpis' }),
      ]);
      expect(status).toEqual(sampleStatus);
      expect(page.rows).toEqual([[null, 'a', 1.5, true]]);
      expect(host.workbench.pages).toEqual([{ table: 'gold.segment_kpis', offset: 0, limit: 100 }]);
    });

    test('tells an error of the table with its code, its sentence and the next step', async () => {
      const error = await failure(client.tables.page({ table: 'no.such' }));
      expect([isDefinedError(error), error.code]).toEqual([true, 'APP']);
      expect(error.data).toEqual(appError('TABLE_UNKNOWN', 'There is no table "no.such".'));
      expect(host.logged).toEqual([]);
    });

    test('tells a fault of its own without its stack, which it logs', async () => {
      const error = await failure(client.tables.page({ table: 'broken' }));
      const sentence = 'Strata met a fault of its own: the drawer is stuck';
      expect(error.data).toEqual(appError('INTERNAL', sentence));
      expect(Object.keys(error.data as object).toSorted()).toEqual(['code', 'message', 'next']);
      expect(JSON.stringify(error.toJSON())).not.toMatch(/scripted-workbench|TypeError|\bat /);
      expect(host.logged.map((entry) => entry.error)).toEqual([
        expect.objectContaining({ stack: expect.stringContaining('scripted-workbench') as string }),
      ]);
    });

    test('refuses input that the contract does not allow and says what is wrong with it', async () => {
      const error = await failure(client.tables.page({ table: 'raw.records', limit: 5000 }));
      expect(error.data).toMatchObject({ code: 'REQUEST_INVALID' });
      expect((error.data as { message: string }).message).toMatch(/limit: .*1000/);
      expect(host.workbench.pages).toEqual([]);
    });

    test('carries forty megabytes of Arrow unchanged', async () => {
      const blob = await client.segments.scatter({ x: 'recency_days', y: 'monetary' });
      const sent = createHash('sha256');
      for (const piece of arrowLikePieces()) sent.update(piece);
      const received = createHash('sha256').update(new Uint8Array(await blob.arrayBuffer()));
      expect([blob.size, blob.type]).toEqual([40_000_000, 'application/vnd.apache.arrow.stream']);
      expect(received.digest('hex')).toBe(sent.digest('hex'));
    });

    test('streams twenty thousand events, each once and in order, to a watcher who keeps up', async () => {
      const batch = 200;
      const turns = Array.from({ length: 100 }, gate);
      host.workbench.job = async ({ report }) => {
        for (const [turn, { promise }] of turns.entries()) {
          for (let at = 0; at < batch; at++) {
            report({ step: 'read', message: 'reading', done: turn * batch + at });
          }
          await promise;
        }
        return 'read everything';
      };
      const { id } = await client.jobs.start({ kind: 'run' });
      const seen: number[] = [];
      let end: unknown;
      for await (const event of await client.jobs.watch({ id })) {
        if (event.kind !== 'progress') end = event;
        else if (seen.push(event.done ?? -1) % batch === 0)
          turns[seen.length / batch - 1]?.resolve();
      }
      expect(seen).toEqual(Array.from({ length: 20_000 }, (_, at) => at));
      expect(end).toEqual({ kind: 'done', summary: 'read everything' });
    });

    test('reports a job as cancelled only when it has really ended', async () => {
      const windDown = gate();
      host.workbench.job = async ({ signal, report }) => {
        report({ step: 'load', message: 'loading' });
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await windDown.promise;
        return signal.throwIfAborted() ?? 'not reached';
      };
      const { id } = await client.jobs.start({ kind: 'run' });
      const cancelling = client.jobs.cancel({ id });
      const early = await Promise.race([cancelling, client.workspace.status()]);
      expect(early).toEqual(sampleStatus);
      const refused = await failure(client.jobs.start({ kind: 'run' }));
      expect(refused.data).toMatchObject({ code: 'JOB_CONFLICT' });
      windDown.resolve();
      expect(await cancelling).toEqual({ cancelled: true });
      const events = await collect(await client.jobs.watch({ id }));
      expect(events.map((event) => event.kind)).toEqual(['progress', 'cancelled']);
    });

    test('replays a job from its start to a page that was reloaded meanwhile', async () => {
      const reloaded = gate();
      host.workbench.job = async ({ report }) => {
        report({ step: 'a', message: 'before' });
        await reloaded.promise;
        report({ step: 'b', message: 'after' });
        return 'finished';
      };
      const { id } = await client.jobs.start({ kind: 'run' });
      const leave = new AbortController();
      const first = await client.jobs.watch({ id }, { signal: leave.signal });
      expect((await first.next()).value).toMatchObject({ step: 'a' });
      if (wire.end === undefined) leave.abort();
      else await wire.end('page');
      expect(await eventually(() => host.jobs.watchers === 0)).toBe(true);

      const again = await transport.connect();
      const [info] = await again.client.jobs.list();
      expect(info).toMatchObject({ id, kind: 'run', startedAt: '2026-11-21T08:00:00.000Z' });
      const events = await again.client.jobs.watch({ id });
      expect((await events.next()).value).toMatchObject({ step: 'a' });
      reloaded.resolve();
      expect(await collect(events)).toEqual([
        { kind: 'progress', step: 'b', message: 'after' },
        { kind: 'done', summary: 'finished' },
      ]);
    });

    test('passes the abort of a query on to the engine', async () => {
      const abort = new AbortController();
      const query = client.sql.run({ sql: 'select 1' }, { signal: abort.signal });
      query.catch(() => {});
      expect(await eventually(() => host.workbench.sqlSignals.length === 1)).toBe(true);
      expect(host.workbench.sqlSignals[0]?.aborted).toBe(false);
      abort.abort();
      await expect(query).rejects.toThrow();
      expect(await eventually(() => host.workbench.sqlSignals[0]?.aborted === true)).toBe(true);
      expect(host.logged).toEqual([]);
    });

    test('keeps and forgets a password by name, and never gives it back', async () => {
      const name = 'kafka://alice@a:9092';
      const keeper = { kind: 'keychain', name: "the test's keychain" };
      expect(await client.secrets.standing()).toEqual({ keeper, kept: [], notice: null });
      await client.secrets.keep({ name, value: 'canary' });
      expect(host.secrets.values.get(name)).toBe('canary');
      const kept = [{ name, readable: true }];
      expect(await client.secrets.standing()).toEqual({ keeper, kept, notice: null });
      await client.secrets.forget({ name });
      await client.secrets.forget({ name });
      expect(await client.secrets.standing()).toEqual({ keeper, kept: [], notice: null });
      expect(Object.keys(host.router.secrets).toSorted()).toEqual(['forget', 'keep', 'standing']);
    });

    test('says why nothing can be kept, and refuses without repeating what was to be kept', async () => {
      host.secrets.problem = 'somebody took it.';
      const { keeper } = await client.secrets.standing();
      expect(keeper).toEqual({ kind: 'none', problem: 'somebody took it.' });
      const refused = await failure(client.secrets.keep({ name: 'n', value: 'canary' }));
      const sentence = 'There is no keychain here that could keep a password: somebody took it.';
      expect(refused.data).toEqual(appError('KEYCHAIN_MISSING', sentence));
      const wrong = {
        mechanism: 'plain',
        username: '',
        password: { kind: 'typed', value: 'canary' },
      };
      const brokers = ['a:1'];
      const topic = { kind: 'ingest-kafka', brokers, topic: 't', preset: 'bank' } as const;
      const invalid = await failure(client.jobs.start({ ...topic, sasl: wrong as never }));
      expect(invalid.data).toMatchObject({ code: 'REQUEST_INVALID' });
      expect((invalid.data as { message: string }).message).toMatch(/sasl\.username/);
      expect(JSON.stringify([refused, invalid, host.logged])).not.toContain('canary');
    });

    test.each(['page', 'host'] as const)(
      'rejects all that is pending when the wire ends at the %s, and leaves no watcher',
      async (side) => {
        if (wire.end === undefined) return;
        host.workbench.job = () => new Promise(() => {});
        const { id } = await client.jobs.start({ kind: 'run' });
        const events = await client.jobs.watch({ id });
        const pending = [client.kpis.report(), client.sql.run({ sql: 'x' }), events.next()];
        const settled = Promise.allSettled(pending);
        const waiting = (): boolean =>
          host.jobs.watchers === 1 && host.workbench.sqlSignals.length === 1;
        expect(await eventually(waiting)).toBe(true);
        await wire.end(side);
        const hung = new Promise((resolve) => setTimeout(resolve, 2000, 'hung'));
        expect(await Promise.race([settled, hung])).toEqual(
          pending.map(() => expect.objectContaining({ status: 'rejected' })),
        );
        const left = (): boolean =>
          host.jobs.watchers === 0 && host.workbench.sqlSignals[0]?.aborted === true;
        expect(await eventually(left)).toBe(true);
        expect(host.jobs.list().map((job) => job.last)).toEqual([null]);
      },
    );
  });
}
