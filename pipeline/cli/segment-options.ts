import { AppError } from '../contract/errors.ts';
import { scaling, transform, type TrainOptions, trainOptions } from '../contract/schemas.ts';
import type { WorkspaceConfig } from '../workspace/config.ts';
import { oneOf, type parse, wholeNumber } from './command.ts';

export const segmentOptions = {
  k: { type: 'string' },
  features: { type: 'string' },
  transform: { type: 'string' },
  scale: { type: 'string' },
  seed: { type: 'string' },
  restarts: { type: 'string' },
} as const;

export type SegmentValues = ReturnType<typeof parse<typeof segmentOptions>>['values'];

/** What the command line says, and where it says nothing what strata.json does; `k` is for those who train. */
export function chosenOptions(values: SegmentValues, config: WorkspaceConfig): TrainOptions {
  const { segmentation } = config;
  const number = (name: 'seed' | 'restarts', least: number, most: number): number => {
    const text = values[name];
    return text === undefined ? segmentation[name] : wholeNumber(text, name, { least, most });
  };
  return trainOptions.parse({
    k: segmentation.k,
    features: values.features?.split(',').map((name) => name.trim()) ?? segmentation.features,
    transform: oneOf(values.transform ?? segmentation.transform, 'transform', transform.options),
    scale: oneOf(values.scale ?? segmentation.scale, 'scale', scaling.options),
    seed: number('seed', 0, 0xffff_ffff),
    restarts: number('restarts', 1, 100),
  });
}

/** Reads `2..10`. */
export function rangeOfK(text: string): number[] {
  const [, from = '', to = ''] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  const least = Number(from);
  const most = Number(to);
  if (from === '' || least < 2 || most < least || most > 50) {
    const problem = `--k takes a range such as 2..10 within 2 to 50, not "${text}".`;
    throw new AppError('BAD_USAGE', { problem });
  }
  return Array.from({ length: most - least + 1 }, (_, i) => least + i);
}
