import { AppError } from '../contract/errors.ts';
import { faultKinds, type FaultShares } from '../sources/demo/faults.ts';
import type { GenerateOptions } from '../sources/demo/options.ts';
import { presetNames } from '../sources/demo/preset-names.ts';
import { oneOf, type parse, required, wholeNumber } from './command.ts';

export const generateOptions = {
  preset: { type: 'string' },
  count: { type: 'string' },
  seed: { type: 'string', default: '42' },
  customers: { type: 'string' },
  end: { type: 'string' },
  months: { type: 'string' },
  ids: { type: 'boolean' },
  skip: { type: 'string' },
  whole: { type: 'string' },
  fault: { type: 'string', multiple: true },
} as const;

type Values = ReturnType<typeof parse<typeof generateOptions>>['values'];

const MOST = 1_000_000_000;

function faultShares(texts: readonly string[]): FaultShares {
  return Object.fromEntries(
    texts.map((text) => {
      const [kind = '', share = ''] = text.split('=', 2);
      const value = Number(share);
      if (!/^\d*\.?\d+$/.test(share) || value > 1) {
        throw new AppError('BAD_USAGE', {
          problem: `--fault is written KIND=SHARE, such as duplicate=0.01, not "${text}".`,
        });
      }
      return [oneOf(kind, 'fault', faultKinds), value];
    }),
  );
}

/** What the command line asks of the generator. */
export function chosenRecords(values: Values): GenerateOptions {
  const number = (name: 'customers' | 'months' | 'skip' | 'whole'): object => {
    const text = values[name];
    return text === undefined ? {} : { [name]: wholeNumber(text, name, { least: 0, most: MOST }) };
  };
  return {
    preset: oneOf(required(values.preset, 'preset'), 'preset', presetNames),
    count: wholeNumber(required(values.count, 'count'), 'count', { least: 1, most: MOST }),
    seed: wholeNumber(values.seed, 'seed', { least: 0, most: 0xffff_ffff }),
    faults: faultShares(values.fault ?? []),
    ...number('customers'),
    ...number('months'),
    ...number('skip'),
    ...number('whole'),
    ...(values.end === undefined ? {} : { end: values.end }),
    ...(values.ids === true ? { transactionIds: true } : {}),
  };
}
