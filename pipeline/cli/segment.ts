import { AppError } from '../contract/errors.ts';
import { scaling, transform, type TrainOptions, trainOptions } from '../contract/schemas.ts';
import { runPipeline } from '../runs/run-pipeline.ts';
import { explain } from '../segmentation/explain.ts';
import { requireModel } from '../segmentation/model-artifact.ts';
import { sweepWorkspace } from '../segmentation/sweep-workspace.ts';
import type { WorkspaceConfig } from '../workspace/config.ts';
import { type Command, noMore, oneOf, parse, wholeNumber } from './command.ts';
import { formatTable, toJson } from './print.ts';
import { printRun } from './print-report.ts';
import { withWorkspace } from './session.ts';

const options = {
  k: { type: 'string' },
  features: { type: 'string' },
  transform: { type: 'string' },
  scale: { type: 'string' },
  seed: { type: 'string' },
  restarts: { type: 'string' },
} as const;

type Values = ReturnType<typeof parse<typeof options>>['values'];

function chosen(values: Values, config: WorkspaceConfig): TrainOptions {
  const { segmentation } = config;
  const number = (name: 'seed' | 'restarts', most: number): number => {
    const text = values[name];
    const least = name === 'seed' ? 0 : 1;
    return text === undefined ? segmentation[name] : wholeNumber(text, name, { least, most });
  };
  return trainOptions.parse({
    k: segmentation.k,
    features: values.features?.split(',').map((name) => name.trim()) ?? segmentation.features,
    transform:
      values.transform === undefined
        ? segmentation.transform
        : oneOf(values.transform, 'transform', transform.options),
    scale:
      values.scale === undefined
        ? segmentation.scale
        : oneOf(values.scale, 'scale', scaling.options),
    seed: number('seed', 0xffff_ffff),
    restarts: number('restarts', 100),
  });
}

function range(text: string): number[] {
  const [, from = '', to = ''] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  const least = Number(from);
  const most = Number(to);
  if (from === '' || least < 2 || most < least || most > 50) {
    throw new AppError('BAD_USAGE', {
      problem: `--k takes a range such as 2..10 within 2 to 50, not "${text}".`,
    });
  }
  return Array.from({ length: most - least + 1 }, (_, i) => least + i);
}

const score = (value: number | null): string => (value === null ? '-' : value.toFixed(4));

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
    const { values, positionals } = parse(args, options);
    const [action, customer, ...more] = positionals;
    noMore(action === 'explain' ? more : positionals.slice(1));
    const which = oneOf(action ?? '', 'action', ['sweep', 'train', 'predict', 'explain']);
    await withWorkspace(values, io, async (workspace, context) => {
      const { writer, config } = workspace;
      switch (which) {
        case 'sweep': {
          const ks = range(values.k ?? '2..10');
          const progress = (done: number, total: number): void =>
            io.progress(`sweep: ${done} of ${total}`);
          const result = await sweepWorkspace(writer, chosen(values, config), {
            ks,
            signal: io.signal,
            onProgress: progress,
          });
          if (values.json === true) return io.out(toJson(result));
          const rows = result.sweep.map((row) => [
            String(row.k),
            row.inertia.toFixed(1),
            score(row.silhouette),
            score(row.calinski_harabasz),
            score(row.davies_bouldin),
          ]);
          io.out(
            formatTable(
              ['k', 'inertia', 'silhouette', 'Calinski-Harabasz', 'Davies-Bouldin'],
              rows,
            ),
          );
          return io.out(
            `${result.recommended === null ? '' : `Recommended: k = ${result.recommended}. `}${result.reason}`,
          );
        }
        case 'train': {
          const k = wholeNumber(values.k ?? String(config.segmentation.k), 'k', {
            least: 2,
            most: 50,
          });
          const train = { ...chosen(values, config), k };
          return printRun(
            await runPipeline(context, { steps: ['segments', 'gold'], train }),
            values.json,
            io,
          );
        }
        case 'predict':
          await requireModel(writer);
          return printRun(
            await runPipeline(context, { steps: ['features', 'segments', 'gold'] }),
            values.json,
            io,
          );
        case 'explain': {
          if (customer === undefined)
            throw new AppError('BAD_USAGE', { problem: 'The customer is missing.' });
          const why = await explain(writer, customer);
          if (values.json === true) return io.out(toJson(why));
          io.out(
            `${why.customerId} is in ${why.segmentName} (segment ${why.segmentId}, model ${why.modelVersion})`,
          );
          io.out(
            formatTable(
              ['segment', 'distance'],
              why.distances.map((d) => [d.segmentName, d.distance.toFixed(3)]),
            ),
          );
          io.out(
            formatTable(
              ['feature', 'value', 'segment centre', `for it, against ${why.nearestOther ?? '-'}`],
              why.features.map((f) => [
                f.feature,
                f.value.toFixed(2),
                f.segmentCentre.toFixed(2),
                score(f.inFavour),
              ]),
            ),
          );
        }
      }
    });
  },
};
