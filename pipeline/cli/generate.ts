import { faultKinds } from '../sources/demo/faults.ts';
import { generate } from '../sources/demo/generate.ts';
import { writeNdjson } from '../sources/demo/node/write-ndjson.ts';
import { presetNames } from '../sources/demo/preset-names.ts';
import { produce } from '../sources/kafka/produce.ts';
import { type Command, noMore, parse, required } from './command.ts';
import { chosenRecords, generateOptions } from './generate-options.ts';
import { kafkaConnection, kafkaOptions, kafkaUsage } from './kafka-options.ts';
import { count, toJson } from './print.ts';

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
      ...generateOptions,
      to: { type: 'string' },
      topic: { type: 'string' },
      ...kafkaOptions,
    });
    noMore(positionals);
    const options = chosenRecords(values);
    const to = required(values.to, 'to');
    const records = generate(options);
    const onProgress = (done: number): void =>
      io.progress(`generate: ${Math.round((done / options.count) * 100)}%`);
    if (to === 'kafka') {
      const topic = required(values.topic, 'topic');
      const kafka = kafkaConnection(values, io);
      const how = { createTopic: true, signal: io.signal, onProgress };
      const produced = await produce(kafka, topic, records, how);
      const told = `${topic}: ${count(produced)} records produced`;
      return io.out(values.json === true ? toJson({ topic, records: produced }) : told);
    }
    const written = await writeNdjson({ path: to, records, signal: io.signal, onProgress });
    const told = `${to}: ${count(written.records)} records written`;
    io.out(values.json === true ? toJson({ path: to, ...written }) : told);
  },
};
