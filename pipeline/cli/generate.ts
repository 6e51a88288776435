import { AppError } from '../contract/errors.ts';
import { faultKinds, type FaultShares } from '../sources/demo/faults.ts';
import { generate } from '../sources/demo/generate.ts';
import type { GenerateOptions } from '../sources/demo/options.ts';
import { writeNdjson } from '../sources/demo/node/write-ndjson.ts';
import { presetNames } from '../sources/demo/preset-names.ts';
import { produce } from '../sources/kafka/produce.ts';
import { type Command, noMore, oneOf, parse, required, wholeNumber } from './command.ts';
import { kafkaConnection, kafkaOptions, kafkaUsage } from './kafka-options.ts';
import { count, toJson } from './print.ts';

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

export const generateCommand: Command = {
  summary: 'believable records, into a file or a topic',
  usage: `Usage: strata generate --preset P --count N [--seed S] --to FILE|kafka [options]

  --preset P        ${presetNames.join(', ')}
  --count N         how many records
  --seed S          the same seed gives the same bytes (default 42)
  --customers N     how many customers they belong to
  --end DAY         the last day, YYYY-MM-DD; --months N before it (default 24)
  --ids             give bank records a transaction_id
  --skip N          leave out the first N records, to continue after an earlier call
  --whole N         the size of the stream that --skip and --count cut a piece from
  --fault KIND=SHARE  inject faults, may be repeated: ${faultKinds.join(', ')}
  --to FILE         NDJSON; compressed where the name ends in .gz
  --to kafka        to --topic on --brokers${kafkaUsage}`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      preset: { type: 'string' },
      count: { type: 'string' },
      seed: { type: 'string', default: '42' },
      customers: { type: 'string' },
      end: { type: 'string' },
      months: { type: 'string' },
      ids: { type: 'boolean' },
      skip: { type: 'string' },
      whole: { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      to: { type: 'string' },
      topic: { type: 'string' },
      ...kafkaOptions,
    });
    noMore(positionals);
    const number = (name: 'customers' | 'months' | 'skip' | 'whole'): object => {
      const text = values[name];
      return text === undefined
        ? {}
        : { [name]: wholeNumber(text, name, { least: 0, most: MOST }) };
    };
    const options: GenerateOptions = {
      preset: oneOf(required(values.preset, 'preset'), 'preset', presetNames),
      count: wholeNumber(required(values.count, 'count'), 'count', { least: 1, most: MOST }),
      seed: wholeNumber(values.seed, 'seed', { least: 0, most: 0xffff_ffff }),
      faults: faultShares(values.fault),
      ...number('customers'),
      ...number('months'),
      ...number('skip'),
      ...number('whole'),
      ...(values.end === undefined ? {} : { end: values.end }),
      ...(values.ids === true ? { transactionIds: true } : {}),
    };
    const to = required(values.to, 'to');
    const records = generate(options);
    const onProgress = (done: number): void =>
      io.progress(`generate: ${Math.round((done / options.count) * 100)}%`);
    if (to === 'kafka') {
      const topic = required(values.topic, 'topic');
      const kafka = kafkaConnection(values, io);
      const produced = await produce(kafka, topic, records, {
        createTopic: true,
        signal: io.signal,
        onProgress,
      });
      io.out(
        values.json === true
          ? toJson({ topic, records: produced })
          : `${topic}: ${count(produced)} records produced`,
      );
      return;
    }
    const written = await writeNdjson({ path: to, records, signal: io.signal, onProgress });
    io.out(
      values.json === true
        ? toJson({ path: to, ...written })
        : `${to}: ${count(written.records)} records written`,
    );
  },
};
