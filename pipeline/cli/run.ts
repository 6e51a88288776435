import { runPipeline } from '../runs/run-pipeline.ts';
import { type Command, noMore, parse } from './command.ts';
import { printRun } from './print-report.ts';
import { withWorkspace } from './session.ts';

export const run: Command = {
  summary: 'every step, only what is new',
  usage: `Usage: strata run

Takes what landed in raw since the last run to silver, features, segments and KPIs.
The first run trains the segments; later ones put customers into them without training.`,
  async run(args, io) {
    const { values, positionals } = parse(args, {});
    noMore(positionals);
    await withWorkspace(values, io, async (_workspace, context) => {
      printRun(await runPipeline(context), values.json, io);
    });
  },
};
