import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import type { Analysis } from '../../pipeline/host/analysis.ts';
import { hostRouter } from '../../pipeline/host/router.ts';
import type { Workbench } from '../../pipeline/host/workbench.ts';
import { type HostClient, hostFixture } from '../helpers/host-fixture.ts';

type Signals = Map<string, AbortSignal | undefined>;

/** Calls that never answer, and note the signal that they were given last. */
function endless(signals: Signals): Analysis & Workbench {
  return new Proxy({} as Analysis & Workbench, {
    get:
      (_, name) =>
      (...args: unknown[]) => {
        const signal = args.findLast((arg) => arg instanceof AbortSignal);
        signals.set(String(name), signal);
        const never = new Promise<never>(() => {});
        return name === 'scatter'
          ? { [Symbol.asyncIterator]: () => ({ next: () => never }) }
          : never;
      },
  });
}

type Call = (client: HostClient, options: { signal: AbortSignal }) => Promise<unknown>;

const calls: Readonly<Record<string, Call>> = {
  status: (client, options) => client.workspace.status(undefined, options),
  tablePage: (client, options) => client.tables.page({ table: 'a.b' }, options),
  kpiReport: (client, options) => client.kpis.report(undefined, options),
  kpiSplit: (client, options) =>
    client.kpis.split({ kpi: 'aov', from: '2024-01-01', to: '2024-02-01' }, options),
  cohorts: (client, options) => client.kpis.cohorts(undefined, options),
  featureList: (client, options) => client.features.list(undefined, options),
  featureReport: (client, options) => client.features.report({}, options),
  recipes: (client, options) => client.recipes.list(undefined, options),
  clvReport: (client, options) => client.clv.report(undefined, options),
  models: (client, options) => client.segments.models(undefined, options),
  model: (client, options) => client.segments.model(undefined, options),
  compare: (client, options) => client.segments.compare({ from: 1, to: 2 }, options),
  migration: (client, options) => client.segments.migration(undefined, options),
  explain: (client, options) => client.segments.explain({ customerId: 'a' }, options),
  scatter: (client, options) => client.segments.scatter({ x: 'a', y: 'b' }, options),
};

test.each(Object.keys(calls))(
  'whoever leaves while %s is computed ends the work on it',
  async (name) => {
    const signals: Signals = new Map();
    const { jobs, logger, secrets } = hostFixture();
    const workbench = Object.create(endless(signals), {
      analysis: { value: endless(signals) },
    }) as Workbench;
    const client = createRouterClient(hostRouter({ workbench, jobs, logger, secrets }));
    const abort = new AbortController();
    calls[name]?.(client, { signal: abort.signal }).catch(() => {});
    await expect.poll(() => signals.get(name)?.aborted).toBe(false);
    abort.abort();
    expect(signals.get(name)?.aborted).toBe(true);
  },
);
