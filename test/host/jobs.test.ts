import { describe, expect, test } from 'vitest';
import { AppError } from '../../pipeline/contract/errors.ts';
import type { JobEvent } from '../../pipeline/contract/schemas.ts';
import { gate, hostFixture } from '../helpers/host-fixture.ts';

async function all(events: AsyncIterable<JobEvent>): Promise<JobEvent[]> {
  const collected: JobEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

function names(events: JobEvent[]): string[] {
  return events.map((event) => (event.kind === 'progress' ? event.step : event.kind));
}

const run = { kind: 'run' } as const;

describe('the jobs of a host', () => {
  test('keep a long history short, but the newest progress, the latest of each step, and the end', async () => {
    const { jobs, workbench } = hostFixture();
    workbench.job = ({ report }) => {
      report({ step: 'early', message: 'only once' });
      for (let done = 0; done < 20_000; done++) report({ step: 'read', message: 'reading', done });
      return Promise.resolve('finished');
    };
    const events = await all(jobs.watch(jobs.start(run).id));
    expect(events.length).toBeLessThanOrEqual(501);
    expect(events[0]).toEqual({ kind: 'progress', step: 'early', message: 'only once' });
    expect(events.at(-1)).toEqual({ kind: 'done', summary: 'finished' });
    const kept = events.flatMap((event) => (event.kind === 'progress' ? (event.done ?? []) : []));
    expect(kept.length).toBeGreaterThanOrEqual(250);
    expect(kept).toEqual(kept.map((_, at) => 20_000 - kept.length + at));
  });

  test('show each watcher every event, whenever it came, and let one leave without ending the work', async () => {
    const { jobs, workbench } = hostFixture();
    const turn = gate();
    workbench.job = async ({ report }) => {
      report({ step: 'one', message: '1' });
      await turn.promise;
      report({ step: 'two', message: '2' });
      return 'both';
    };
    const { id } = jobs.start(run);
    const leave = new AbortController();
    const leaving = all(jobs.watch(id, leave.signal));
    const staying = all(jobs.watch(id));
    expect(jobs.watchers).toBe(2);
    leave.abort();
    expect((await leaving).length).toBe(1);
    expect(jobs.watchers).toBe(1);
    turn.resolve();
    const whole = ['one', 'two', 'done'];
    expect(names(await staying)).toEqual(whole);
    expect(names(await all(jobs.watch(id)))).toEqual(whole);
    expect(jobs.watchers).toBe(0);
  });

  test('end failed with the code, sentence and next step, and only a fault of our own is logged', async () => {
    const { jobs, workbench, logged } = hostFixture();
    const fault = new RangeError('off by one');
    const thrown = [new AppError('KAFKA_UNREACHABLE', { brokers: 'b:1', problem: 'no' }), fault];
    for (const error of thrown) {
      workbench.job = () => Promise.reject(error);
      await all(jobs.watch(jobs.start(run).id));
    }
    workbench.job = () => {
      throw fault;
    };
    await all(jobs.watch(jobs.start(run).id));
    const codes = jobs.list().map(({ last }) => (last?.kind === 'failed' ? last.error : last));
    expect(codes).toEqual([
      {
        code: 'KAFKA_UNREACHABLE',
        message: 'No Kafka broker answers at b:1: no',
        next: expect.stringContaining('doctor') as string,
      },
      expect.objectContaining({ code: 'INTERNAL' }),
      expect.objectContaining({ code: 'INTERNAL' }),
    ]);
    expect(logged.map(({ error }) => error)).toEqual([fault, fault]);
  });

  test('that finish, or fail, in spite of a cancel say what really happened', async () => {
    const { jobs, workbench } = hostFixture();
    const outcomes = [
      () => Promise.resolve('was quicker'),
      () => Promise.reject(new AppError('DISK_FULL', { path: '/x' })),
      () => Promise.reject(new DOMException('stopped', 'AbortError')),
    ];
    const answers: unknown[] = [];
    for (const outcome of outcomes) {
      workbench.job = async ({ signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return outcome();
      };
      const { id } = jobs.start(run);
      answers.push([await jobs.cancel(id), jobs.list().at(-1)?.last?.kind]);
    }
    expect(answers).toEqual([
      [{ cancelled: false }, 'done'],
      [{ cancelled: false }, 'failed'],
      [{ cancelled: true }, 'cancelled'],
    ]);
  });

  test('stay listed in the order of their start, the last fifty that finished and the one that runs', async () => {
    const { jobs, workbench } = hostFixture();
    const ids: string[] = [];
    for (let count = 0; count < 60; count++) {
      const { id } = jobs.start(run);
      ids.push(id);
      await all(jobs.watch(id));
    }
    workbench.job = () => new Promise(() => {});
    ids.push(jobs.start({ kind: 'ingest-file', path: '/data/shop.csv', preset: 'bank' }).id);
    expect(jobs.list().map(({ id }) => id)).toEqual(ids.slice(-51));
    expect(jobs.list().at(-1)?.title).toBe('Ingest shop.csv');
    expect(() => jobs.start(run)).toThrow('Another job ("Ingest shop.csv") is writing');
    expect(() => jobs.watch(ids[0] ?? '')).toThrow(`There is no job "${ids[0]}"`);
  });

  test('say nothing more after their end', async () => {
    const { jobs, workbench } = hostFixture();
    let late: (() => void) | undefined;
    workbench.job = ({ report }) => {
      late = () => report({ step: 'late', message: 'too late' });
      return Promise.resolve('finished');
    };
    const { id } = jobs.start(run);
    await all(jobs.watch(id));
    late?.();
    expect(jobs.list()[0]?.last).toEqual({ kind: 'done', summary: 'finished' });
  });
});
