import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';

/** Of the page's main thread, each the longest of its kind, in milliseconds. */
export interface LongestTask {
  readonly wall: number;
  /** What a busy machine did not take from it. */
  readonly cpu: number;
}

const TASK = 'ThreadControllerImpl::RunTask';

const traceEvent = z.object({
  name: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Microseconds. */
  ts: z.number().default(0),
  dur: z.number().optional(),
  tdur: z.number().optional(),
});
type TraceEvent = z.infer<typeof traceEvent>;
const trace = z.object({ traceEvents: z.array(traceEvent) });

/** Chromium's own record of every task of a page, from here until `stop`. */
export async function watchMainThread(
  browser: Browser,
  page: Page,
): Promise<{ stop(): Promise<TraceEvent[]> }> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  return {
    stop: async () => trace.parse(JSON.parse(String(await browser.stopTracing()))).traceEvents,
  };
}

/** A moment that `longestTask` knows by its name. */
export function mark(page: Page, name: string): Promise<void> {
  return page.evaluate((name) => void performance.mark(name), name);
}

/** Of the tasks that began between two marks. Refuses a record in which there are none. */
export function longestTask(events: readonly TraceEvent[], from: string, to: string): LongestTask {
  const start = events.find(({ name }) => name === from);
  const end = events.find(({ name }) => name === to);
  if (start === undefined || end === undefined) throw new Error(`${from} or ${to} was not marked.`);
  const tasks = events.filter(
    ({ name, pid, tid, ts, dur }) =>
      // The marks were made on the main thread.
      name === TASK &&
      pid === start.pid &&
      tid === start.tid &&
      dur !== undefined &&
      ts >= start.ts &&
      ts <= end.ts,
  );
  if (tasks.length === 0) throw new Error('Chromium recorded no task of the page.');
  return {
    wall: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
    cpu: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
  };
}

/** The quietest round. */
export function leastOf(rounds: readonly LongestTask[]): LongestTask {
  return {
    wall: Math.min(...rounds.map(({ wall }) => wall)),
    cpu: Math.min(...rounds.map(({ cpu }) => cpu)),
  };
}

export function inWords({ wall, cpu }: LongestTask): string {
  return `${wall.toFixed(0)} ms, ${cpu.toFixed(0)} ms of CPU time`;
}
