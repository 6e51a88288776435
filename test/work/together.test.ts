import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { together } from '../../pipeline/work/together.ts';

/** Ends when it is told to, with the signal's reason. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });

describe('what is done together', () => {
  test('comes to the results in the order of what was started, whichever ended first', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const found = together(undefined, [
      () => promise,
      () => {
        resolve('slow');
        return Promise.resolve('quick');
      },
    ]);
    expect(await found).toEqual(['slow', 'quick']);
    expect(await together(undefined, [])).toEqual([]);
  });

  test('fails with the first error, once every other has been stopped and has ended', async () => {
    const ended: string[] = [];
    const other = async (signal: AbortSignal): Promise<void> => {
      await untilAborted(signal).catch(() => undefined);
      await Promise.resolve();
      ended.push('other');
      throw new Error('stopped');
    };
    const broken = async (): Promise<void> => {
      await Promise.resolve();
      throw new Error('broken');
    };
    await expect(together(undefined, [other, broken, other])).rejects.toThrow('broken');
    expect(ended).toEqual(['other', 'other']);
  });

  test('is stopped by the caller, before and after it was started, and lets go of his signal', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    expect(await together(signal, [() => Promise.resolve(1)])).toEqual([1]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    const running = together(signal, [untilAborted, untilAborted]);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(together(signal, [untilAborted])).rejects.toThrow('enough');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
