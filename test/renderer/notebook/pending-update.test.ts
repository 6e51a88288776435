import { expect, test } from 'vitest';
import {
  isEmpty,
  noChanges,
  PendingUpdate,
  together,
  type Changes,
} from '../../../renderer/notebook/state/pending-update.ts';
import { prose } from './cells.ts';

/** A host that answers when the test says, and a clock that the test turns; `busyUntil` says when the last value's run ends. */
function script(busyUntil = 0) {
  const sent: { changes: Changes; answer: PromiseWithResolvers<void> }[] = [];
  const timers = new Set<{ at: number; act: () => void }>();
  let now = 0;
  const pending = new PendingUpdate({
    send: (changes) => {
      const answer = Promise.withResolvers<void>();
      sent.push({ changes, answer });
      return answer.promise;
    },
    later: (act, milliseconds) => {
      const timer = { at: now + milliseconds, act };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    onChange: () => {},
    wait: () => Math.max(0, busyUntil - now),
  });
  const pass = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
    for (const timer of [...timers].filter(({ at }) => at <= now)) {
      timers.delete(timer);
      timer.act();
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const texts = () =>
    sent.map(({ changes }) => [...changes.cells.values()].map(({ source }) => source));
  return { pending, sent, pass, texts };
}

const cell = (id: string, source: string): Changes => ({
  ...noChanges,
  cells: new Map([[id, prose(id, source)]]),
});

test('typing goes out after a pause and once, a slider at once', async () => {
  const { pending, pass, texts } = script();
  pending.note(cell('a', 'x'), 'typing');
  await pass(200);
  pending.note(cell('a', 'xy'), 'typing');
  await pass(200);
  expect(texts()).toEqual([]);
  await pass(100);
  expect(texts()).toEqual([['xy']]);
  const slider = script();
  slider.pending.note(cell('k', '5'), 'now');
  expect(slider.texts()).toEqual([['5']]);
});

test('while one update is on its way, only the latest of what comes is sent after it', async () => {
  const { pending, sent, pass, texts } = script();
  for (const value of ['1', '2', '3', '4']) pending.note(cell('k', value), 'now');
  expect(texts()).toEqual([['1']]);
  sent[0]?.answer.resolve();
  await pass(0);
  expect(texts()).toEqual([['1'], ['4']]);
  sent[1]?.answer.resolve();
  await pass(0);
  expect(isEmpty(pending.unsent())).toBe(true);
  expect(sent).toHaveLength(2);
});

test('a value waits for what the last one set off, the latest goes, and the last one always', async () => {
  const { pending, sent, pass, texts } = script(150);
  for (const value of ['1', '2', '3']) pending.note(cell('k', value), 'moved');
  await pass(100);
  expect(texts()).toEqual([]);
  pending.note(cell('k', '4'), 'moved');
  pending.release();
  expect(texts()).toEqual([['4']]);
  pending.note(cell('k', '5'), 'moved');
  sent[0]?.answer.resolve();
  await pass(49);
  expect(texts()).toEqual([['4']]);
  await pass(1);
  expect(texts()).toEqual([['4'], ['5']]);
});

test('a value that came while the last one was on its way goes after it, though its run is through', async () => {
  const { pending, sent, pass, texts } = script(150);
  pending.note(cell('k', '1'), 'now');
  pending.note(cell('k', '2'), 'moved');
  pending.release();
  expect(texts()).toEqual([['1']]);
  sent[0]?.answer.resolve();
  await pass(0);
  expect(texts()).toEqual([['1'], ['2']]);
});

test('what is typed is not let go by the end of a run, what is decided does not wait for one', async () => {
  const { pending, pass, texts } = script(1000);
  pending.note(cell('a', 'x'), 'typing');
  pending.release();
  await pass(299);
  expect(texts()).toEqual([]);
  pending.note(cell('k', '1'), 'moved');
  pending.note({ ...noChanges, order: ['a', 'k'] }, 'now');
  expect(texts()).toEqual([['x', '1']]);
});

test('what was refused is sent again below what changed since', async () => {
  const { pending, sent, pass, texts } = script();
  pending.note(together(cell('a', 'old'), cell('b', 'kept')), 'now');
  pending.note(cell('a', 'new'), 'now');
  sent[0]?.answer.reject(new Error('lost'));
  await pass(0);
  expect([...pending.unsent().cells.values()].map(({ source }) => source)).toEqual(['new', 'kept']);
  await pass(1000);
  expect(texts()).toEqual([
    ['old', 'kept'],
    ['new', 'kept'],
  ]);
});

test('a flush sends what is typed at once, and resolves when all of it was taken', async () => {
  const { pending, sent, pass } = script();
  pending.note(cell('a', 'x'), 'typing');
  let done = false;
  const flush = async (): Promise<void> => {
    await pending.flush();
    done = true;
  };
  const flushed = flush();
  pending.note(cell('a', 'xy'), 'typing');
  await pass(0);
  sent[0]?.answer.resolve();
  await pass(0);
  expect(done).toBe(false);
  sent[1]?.answer.resolve();
  await flushed;
  expect(isEmpty(pending.unsent())).toBe(true);
});

test('a flush that the host refuses says so, and nothing is lost', async () => {
  const { pending, sent } = script();
  pending.note(cell('a', 'x'), 'typing');
  const flushed = pending.flush();
  sent[0]?.answer.reject(new Error('lost'));
  await expect(flushed).rejects.toThrow('lost');
  expect(pending.unsent().cells.get('a')?.source).toBe('x');
});

test('a page that goes away sends all at once, also beside an update on its way', () => {
  const { pending, texts } = script();
  pending.note(cell('k', '1'), 'now');
  pending.note(cell('a', 'typed'), 'typing');
  pending.leave();
  expect(texts()).toEqual([['1'], ['1', 'typed']]);
});

test('cells that were deleted since are not sent', () => {
  const deleted: Changes = { ...noChanges, order: ['b'] };
  expect(together(cell('a', 'x'), deleted)).toEqual(deleted);
});
