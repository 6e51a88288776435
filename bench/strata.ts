import { join } from 'node:path';
import { z } from 'zod';
import { kpiReport, runReport } from '../pipeline/contract/schemas.ts';
import type { Command, Measured } from './measure.ts';
import { root } from './places.ts';

/** The command line as a user calls it: a process of its own for each command. */
export function strata(...args: readonly string[]): Command {
  return {
    program: process.execPath,
    // As `npm run strata` builds it (scripts/bench.mjs).
    args: [process.env['STRATA_CLI'] ?? join(root, 'pipeline', 'cli', 'strata.mjs'), ...args],
  };
}

export function ingest(path: string, preset: string, workspace: string): Command {
  return strata('ingest', 'file', path, '--preset', preset, '--workspace', workspace, '--json');
}

export function run(workspace: string): Command {
  return strata('run', '--workspace', workspace, '--json');
}

export function kpis(workspace: string): Command {
  return strata('kpis', '--workspace', workspace, '--json');
}

export function readRun(measured: Measured): z.infer<typeof runReport> {
  return runReport.parse(JSON.parse(measured.stdout));
}

/** What all contenders must agree on before any of their times means anything. */
export const overall = z.object({
  customers: z.number(),
  orders: z.number(),
  revenue: z.number(),
  churn_rate: z.number().nullable(),
  clv_growth: z.number().nullable(),
  aov: z.number().nullable(),
});

export type Overall = z.infer<typeof overall>;

export function readOverall(measured: Measured): Overall {
  const report = kpiReport.parse(JSON.parse(measured.stdout));
  const whole = report.current.find((row) => row.segmentId === null);
  if (whole === undefined) throw new Error('strata kpis gave no row for the whole.');
  const { customers, orders, revenue, aov } = whole;
  return {
    customers,
    orders,
    revenue,
    churn_rate: whole.churnRate,
    clv_growth: whole.clvGrowth,
    aov,
  };
}
