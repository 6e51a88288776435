import { expect, test } from 'vitest';
import { produce } from '../../../pipeline/sources/kafka/produce.ts';
import { describeWithBroker } from '../../helpers/kafka-broker.ts';
import { createTopic, readAll, textOf } from '../../helpers/kafka-topics.ts';
import { kcat, kcatMissing } from '../../helpers/kcat.ts';

const LINES = Array.from(
  { length: 5000 },
  (_, n) => `{"customer_id":"c${n % 50}","amount":${n}.25}`,
);
const CODECS = ['gzip', 'snappy', 'lz4', 'zstd'] as const;
const suite = kcatMissing ? 'codecs (skipped: kcat is not installed)' : 'codecs';

await describeWithBroker(suite, ({ brokers }) => {
  test.skipIf(kcatMissing).for(CODECS)(
    '%s: what kcat wrote is read, and what we wrote kcat reads',
    async (codec) => {
      const topic = `codec-${codec}`;
      await createTopic(brokers, topic);
      await kcat(
        brokers,
        ['-P', '-t', topic, '-z', codec, '-X', 'linger.ms=200'],
        LINES.join('\n'),
      );
      const { records } = await readAll(brokers, topic);
      expect(records.get(0)?.map(({ value }) => textOf(value))).toEqual(LINES);

      const ours = LINES.map((line, n) => ({ key: null, value: Buffer.from(line), timestamp: n }));
      await produce({ brokers }, `${topic}-ours`, ours, { createTopic: true, compression: codec });
      const seen = await kcat(brokers, ['-C', '-t', `${topic}-ours`, '-e', '-q']);
      expect(seen.trimEnd().split('\n')).toEqual(LINES);
    },
  );

  test.skipIf(kcatMissing)(
    'repeated headers keep their order, and a header without a value is null',
    async () => {
      await createTopic(brokers, 'headers');
      await kcat(
        brokers,
        ['-P', '-t', 'headers', '-H', 'b=1', '-H', 'a=2', '-H', 'b=3', '-H', 'none'],
        'x',
      );
      const { records } = await readAll(brokers, 'headers');
      const headers = records.get(0)?.[0]?.headers?.map(({ key, value }) => [key, textOf(value)]);
      expect(headers).toEqual([
        ['b', '1'],
        ['a', '2'],
        ['b', '3'],
        ['none', null],
      ]);
    },
  );
});
