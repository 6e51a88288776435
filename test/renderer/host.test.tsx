import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { AppError } from '../../pipeline/contract/errors.ts';
import { hostClient } from '../../renderer/host/client.ts';
import { backoff, Connection } from '../../renderer/host/connection.ts';
import { problemInBody, toProblem } from '../../renderer/host/problem.ts';
import { takeToken } from '../../renderer/host/token.ts';
import type { Dial, DialResult, Wire } from '../../renderer/host/transport.ts';

function tab(hash: string, kept: Map<string, string>) {
  const location = { hash, pathname: '/', search: '?a=1' };
  return {
    location,
    history: {
      replaceState: (_data: unknown, _title: string, url?: string | URL | null) => {
        location.hash = new URL(String(url), 'http://x').hash;
      },
    },
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
  };
}

test('a token leaves the address bar at once, survives a reload, and gives way to a newer one', () => {
  const kept = new Map<string, string>();
  const first = tab('#token=abc%2D1', kept);
  expect(takeToken(first)).toBe('abc-1');
  expect(first.location.hash).toBe('');
  expect(takeToken(tab('', kept))).toBe('abc-1');
  expect(takeToken(tab('#token=new', kept))).toBe('new');
  expect(takeToken(tab('', kept))).toBe('new');
});

test('without a token in the address or the tab there is none', () => {
  expect(takeToken(tab('#token=', new Map()))).toBeNull();
  expect(takeToken(tab('#somewhere', new Map()))).toBeNull();
});

test('an error that the host told keeps its words, and the table says whether to try again', () => {
  const data = { code: 'JOB_CONFLICT', message: 'Another job runs.', next: 'Wait.' };
  expect(toProblem(new ORPCError('APP', { data }))).toEqual({ ...data, retry: true });
  expect(problemInBody(JSON.stringify(data))).toEqual({ ...data, retry: true });
  expect(problemInBody('<html>')).toBeNull();
  const unknown = { code: 'FROM_A_NEWER_HOST', message: 'm', next: 'n' };
  expect(toProblem(new ORPCError('APP', { data: unknown }))).toEqual({ ...unknown, retry: false });
});

test('an error that nobody told is a fault of Strata with its text, not a bare stack', () => {
  expect(toProblem(new TypeError('x is undefined'))).toMatchObject({
    code: 'INTERNAL',
    message: expect.stringContaining('x is undefined'),
    retry: false,
  });
  expect(toProblem(new ORPCError('APP', { data: { code: 7 } })).code).toBe('INTERNAL');
});

test('attempts to reconnect wait longer and longer, up to five seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(backoff)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
});

/** A host that gives what the test says, one result a dial. */
function script(results: DialResult[]): { dial: Dial; waits: number[]; connection: Connection } {
  const waits: number[] = [];
  const dial: Dial = () => {
    const next = results.shift();
    return next === undefined ? new Promise(() => {}) : Promise.resolve(next);
  };
  const wait = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return { dial, waits, connection: new Connection(dial, { wait }) };
}

function wire(answer: unknown): { result: DialResult; drop: () => void } {
  const ended = Promise.withResolvers<void>();
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  const made: Wire = {
    link: { call: () => (answer === 'never' ? broken.promise : Promise.resolve(answer)) },
    ended: ended.promise,
    close: ended.resolve,
  };
  const drop = (): void => {
    ended.resolve();
    // As oRPC does: what is pending is rejected when the socket closes.
    setTimeout(() => broken.reject(new Error('aborted')), 5);
  };
  return { result: { kind: 'open', wire: made }, drop };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

test('a call made before the connection is open waits for it', async () => {
  const { connection } = script([wire([{ id: 'job' }]).result]);
  const early = hostClient(connection).jobs.list();
  void connection.run();
  expect(await early).toEqual([{ id: 'job' }]);
});

test('a call to a host that cannot be reached is refused rather than kept for later', async () => {
  const { connection } = script([{ kind: 'unreachable' }]);
  const early = hostClient(connection).jobs.list();
  void connection.run();
  await expect(early).rejects.toMatchObject({ code: 'HOST_LOST' });
  await expect(hostClient(connection).jobs.list()).rejects.toMatchObject({ code: 'HOST_LOST' });
});

test('a lost connection rejects what was pending and is dialled again', async () => {
  const first = wire('never');
  const second = wire([]);
  const { connection, waits } = script([first.result, { kind: 'unreachable' }, second.result]);
  const states: string[] = [];
  connection.subscribe(() => states.push(connection.state().kind));
  void connection.run();
  await settled();
  const pending = hostClient(connection).jobs.list();
  const code = pending.catch((error: unknown) => (error instanceof AppError ? error.code : error));
  await settled();
  first.drop();
  await settled();
  expect(states).toEqual(['open', 'lost', 'lost', 'open']);
  expect(waits).toEqual([250, 500]);
  expect(await code).toBe('HOST_LOST');
});

test('a host that refuses twice in a row is not asked a third time', async () => {
  const { connection } = script([{ kind: 'refused' }, { kind: 'refused' }]);
  await connection.run();
  expect(connection.state()).toEqual({ kind: 'unauthorised' });
  await expect(connection.wire()).rejects.toMatchObject({ code: 'UNAUTHORISED' });
});
