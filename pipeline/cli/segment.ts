import { AppError } from '../contract/errors.ts';
import { scaling, transform } from '../contract/schemas.ts';
import { runPipeline } from '../runs/run-pipeline.ts';
import { explain } from '../segmentation/explain.ts';
import { requireModel } from '../segmentation/model-artifact.ts';
import { sweepWorkspace } from '../segmentation/sweep-workspace.ts';
import { type Command, noMore, oneOf, parse, wholeNumber } from './command.ts';
import { toJson } from './print.ts';
import { printRun } from './print-report.ts';
import { formatExplanation, formatSweep } from './print-segments.ts';
import { chosenOptions, rangeOfK, segmentOptions } from './segment-options.ts';
import { withWorkspace } from './session.ts';

export const segment: Command = {
  summary: 'try numbers of segments, train, predict, explain a customer',
  usage: `Usage: strata segment sweep [--k 2..10]
       strata segment train [--k K]
       strata segment predict
       strata segment explain CUSTOMER

  --features F,G    of features.customer_features (default: those of strata.json)
  --transform T     ${transform.options.join(' or ')}
  --scale S         ${scaling.options.join(', ')}
  --seed N          the same seed gives the same segments
  --restarts N      starts of which the best is kept`,
  async run(args, io) {
    const { values, positionals } = parse(args, segmentOptions);
    const [action, customer, ...more] = positionals;
    noMore(action === 'explain' ? more : positionals.slice(1));
    const which = oneOf(action ?? '', 'action', ['sweep', 'train', 'predict', 'explain']);
    await withWorkspace(values, io, async ({ writer, config }, context) => {
      switch (which) {
        case 'sweep': {
          const ks = rangeOfK(values.k ?? '2..10');
          const onProgress = (done: number, total: number): void =>
            io.progress(`sweep: ${done} of ${total}`);
          const stopping = { ks, signal: io.signal, onProgress };
          const swept = await sweepWorkspace(writer, chosenOptions(values, config), stopping);
          return io.out(values.json === true ? toJson(swept) : formatSweep(swept));
        }
        case 'train': {
          const given = values.k ?? String(config.segmentation.k);
          const k = wholeNumber(given, 'k', { least: 2, most: 50 });
          const train = { ...chosenOptions(values, config), k };
          const report = await runPipeline(context, { steps: ['segments', 'gold'], train });
          return printRun(report, values.json, io);
        }
        case 'predict': {
          await requireModel(writer);
          const report = await runPipeline(context, { steps: ['features', 'segments', 'gold'] });
          return printRun(report, values.json, io);
        }
        case 'explain': {
          if (customer === undefined) {
            throw new AppError('BAD_USAGE', { problem: 'The customer is missing.' });
          }
          const why = await explain(writer, customer);
          io.out(values.json === true ? toJson(why) : formatExplanation(why));
        }
      }
    });
  },
};
