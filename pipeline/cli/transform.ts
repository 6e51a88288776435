import { runPipeline } from '../runs/run-pipeline.ts';
import { type Command, noMore, parse } from './command.ts';
import { printRun } from './print-report.ts';
import { withWorkspace } from './session.ts';

export const transform: Command = {
  summary: 'raw to silver to features',
  usage: `Usage: strata transform

Types and cleans what landed since the last time, quarantines what does not read, and computes features.`,
  async run(args, io) {
    const { values, positionals } = parse(args, {});
    noMore(positionals);
    await withWorkspace(values, io, async (_workspace, context) => {
      const report = await runPipeline(context, { steps: ['silver', 'features'] });
      printRun(report, values.json, io);
    });
  },
};
