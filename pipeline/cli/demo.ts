import { runDemo } from '../runs/run-demo.ts';
import { type Command, noMore, parse, wholeNumber } from './command.ts';
import { printRun } from './print-report.ts';
import { withWorkspace } from './session.ts';

export const demo: Command = {
  summary: 'make a workspace of generated data and run everything',
  usage: `Usage: strata demo [--customers N] [--seed S]

  --customers N     how many customers (default 2000)
  --seed S          the same seed gives the same data (default 42)`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      customers: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '42' },
    });
    noMore(positionals);
    const customers = wholeNumber(values.customers, 'customers', { least: 50, most: 1_000_000 });
    const seed = wholeNumber(values.seed, 'seed', { least: 0, most: 0xffff_ffff });
    const work = withWorkspace(
      values,
      io,
      async (workspace, context) => {
        printRun(await runDemo(workspace.path, context, { customers, seed }), values.json, io);
      },
      { create: true },
    );
    await work;
  },
};
