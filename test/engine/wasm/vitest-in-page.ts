/**
 * What the contract's files use of vitest, for a page: they say there what is to be run, and `runCollected` runs it.
 * Only `expect` is vitest's own.
 */
export { expect } from 'vitest';

type Work = () => unknown;

interface Suite {
  readonly names: readonly string[];
  readonly before: readonly Work[];
  readonly after: readonly Work[];
}

interface Collected {
  readonly name: string;
  readonly suite: Suite;
  readonly run: Work;
}

const tests: Collected[] = [];
let suite: { names: string[]; before: Work[]; after: Work[] } = {
  names: [],
  before: [],
  after: [],
};

export function describe(name: string, body: () => void): void {
  const outer = suite;
  suite = { names: [...outer.names, name], before: [...outer.before], after: [...outer.after] };
  body();
  suite = outer;
}

export const beforeEach = (work: Work): void => void suite.before.push(work);
export const afterEach = (work: Work): void => void suite.after.push(work);

function collect(name: string, run: Work): void {
  tests.push({ name: [...suite.names, name].join(' > '), suite, run });
}

const each =
  (cases: readonly unknown[]) =>
  (name: string, run: (...values: unknown[]) => unknown): void => {
    for (const one of cases) {
      const values: readonly unknown[] = Array.isArray(one) ? one : [one];
      collect(name.replace('%s', String(values[0])), () => run(...values));
    }
  };

export const it = Object.assign(collect, { each });

export interface Outcome {
  readonly name: string;
  /** What it threw, or null where it passed. */
  readonly error: string | null;
}

async function outcomeOf({ name, suite: { before, after }, run }: Collected): Promise<Outcome> {
  try {
    for (const work of before) await work();
    try {
      await run();
    } finally {
      for (const work of after) await work();
    }
    return { name, error: null };
  } catch (error) {
    return { name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

export async function runCollected(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const test of tests) outcomes.push(await outcomeOf(test));
  return outcomes;
}
