import { describe, expect, onTestFinished, test } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, type CliResult, startCli } from '../helpers/cli.ts';
import { describeWithBroker } from '../helpers/kafka-broker.ts';

interface Step {
  readonly step: string;
  readonly read: number;
  readonly accepted: number;
  readonly status: string;
}

async function temporaryWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-topic-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'workspace');
}

function json(result: CliResult): unknown {
  expect(result.err).toBe('');
  expect(result.code).toBe(0);
  return JSON.parse(result.out);
}

await describeWithBroker('a topic of bank transactions', (broker) => {
  const kafka = ['--brokers', broker.brokers?.join(',') ?? ''];

  /** Pieces of one stream, so that the later one goes on where the earlier one ended. */
  const produce = (topic: string, from: number, count: number): Promise<CliResult> =>
    cli([
      'generate',
      '--preset',
      'bank',
      '--ids',
      '--customers',
      '5000',
      '--seed',
      '7',
      '--whole',
      '110000',
      '--skip',
      String(from),
      '--count',
      String(count),
      '--to',
      'kafka',
      '--topic',
      topic,
      ...kafka,
      '--json',
    ]);

  const query = async (workspace: string, sql: string): Promise<Record<string, number>> => {
    const printed = await cli(['query', sql, '--format', 'json', '--workspace', workspace]);
    const rows = json(printed) as Record<string, number>[];
    return rows[0] ?? {};
  };

  test('is consumed, segmented, and of 10,000 more exactly 10,000 are processed', async () => {
    const workspace = await temporaryWorkspace();
    const topic = 'bank-transactions';
    const ingest = ['ingest', 'kafka', ...kafka, '--topic', topic, '--preset', 'bank'];
    const ours = ['--workspace', workspace, '--json'];

    expect(json(await produce(topic, 0, 100_000))).toEqual({ topic, records: 100_000 });
    expect(json(await cli([...ingest, ...ours]))).toMatchObject({ records: 100_000 });
    const first = json(await cli(['run', ...ours])) as { steps: Step[] };
    expect(first.steps[0]).toMatchObject({ step: 'silver', read: 100_000, accepted: 100_000 });

    expect(json(await cli([...ingest, ...ours]))).toMatchObject({ records: 0 });
    const idle = json(await cli(['run', ...ours])) as { steps: Step[] };
    expect(idle.steps.map(({ status }) => status)).toEqual([
      'skipped',
      'skipped',
      'skipped',
      'skipped',
    ]);

    expect(json(await produce(topic, 100_000, 10_000))).toEqual({ topic, records: 10_000 });
    expect(json(await cli([...ingest, ...ours]))).toMatchObject({ records: 10_000 });
    const second = json(await cli(['run', ...ours])) as { steps: Step[] };
    expect(second.steps[0]).toMatchObject({ step: 'silver', read: 10_000, accepted: 10_000 });

    const landed = await query(
      workspace,
      `select count(*) as records, count(distinct (partition, "offset")) as places, min(topic) = max(topic) as one_topic
       from raw.records`,
    );
    expect(landed).toEqual({ records: 110_000, places: 110_000, one_topic: true });
    const gold = await query(
      workspace,
      `select count(*) as segments, sum(customers) as customers,
         sum(customers) = (select count(*) from features.customer_features) as everybody
       from gold.segment_kpis where segment_id is not null`,
    );
    expect(gold).toMatchObject({ segments: 4, everybody: true });
    const models = await query(workspace, 'select count(*) as models from ops.models');
    expect(models).toEqual({ models: 1 });
  });

  test('loses nothing and doubles nothing when the consumer is killed again and again', async () => {
    const workspace = await temporaryWorkspace();
    const topic = 'killed-consumers';
    expect(json(await produce(topic, 0, 60_000))).toMatchObject({ records: 60_000 });
    const args = [
      'ingest',
      'kafka',
      ...kafka,
      '--topic',
      topic,
      '--preset',
      'bank',
      '--workspace',
      workspace,
      '--json',
    ];
    for (const milliseconds of [300, 700, 900, 1100, 1300]) {
      const { child, result } = startCli(args);
      const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
      await result;
      clearTimeout(timer);
    }
    expect((await cli(args)).code).toBe(0);
    const landed = await query(
      workspace,
      `select count(*) as records, count(distinct (partition, "offset")) as places,
         (select sum(next_offset) from ops.offsets) as offsets from raw.records`,
    );
    expect(landed).toEqual({ records: 60_000, places: 60_000, offsets: 60_000 });
  });

  describe('that is not there', () => {
    test('is told with the topics that are, and no workspace holds a source', async () => {
      const workspace = await temporaryWorkspace();
      const args = ['ingest', 'kafka', ...kafka, '--topic', 'nope', '--preset', 'bank'];
      const { code, err } = await cli([...args, '--workspace', workspace]);
      expect(code).toBe(1);
      expect(err).toContain('KAFKA_TOPIC_NOT_FOUND: The topic "nope" does not exist');
      expect(await query(workspace, 'select count(*) as n from ops.sources')).toEqual({ n: 0 });
    });
  });
});
