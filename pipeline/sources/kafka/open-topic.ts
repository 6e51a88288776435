import type Cluster from 'kafkajs/src/cluster/index.js';
import { AppError } from '../../contract/errors.ts';
import { hasKafkaType } from './kafka-errors.ts';
import { createCluster, opening } from './kafkajs-client.ts';
import { KafkajsReader, listBounds } from './kafkajs-reader.ts';
import type { KafkaConnectionOptions, TopicReader } from './topic-reader.ts';

const TOPICS_SHOWN = 10;
const INVALID = ['UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_TOPIC_EXCEPTION'];

/** The error for a topic that is not there, with the names of some that are. */
export function topicNotFound(input: {
  topic: string;
  brokers: readonly string[];
  known: readonly string[];
}): AppError {
  const names = input.known.filter((name) => !name.startsWith('__')).toSorted();
  return new AppError('KAFKA_TOPIC_NOT_FOUND', {
    topic: input.topic,
    brokers: input.brokers.join(', '),
    topics: names.slice(0, TOPICS_SHOWN).join(', ') || 'none',
  });
}

async function look(cluster: Cluster, topic: string, brokers: readonly string[]) {
  await cluster.connect();
  try {
    await cluster.addTargetTopic(topic);
  } catch (error) {
    if (!INVALID.some((type) => hasKafkaType(error, type))) throw error;
    const { topicMetadata } = await cluster.metadata({ topics: [] });
    throw topicNotFound({ topic, brokers, known: topicMetadata.map((one) => one.topic) });
  }
  const { clusterId } = await cluster.metadata({ topics: [topic] });
  return { clusterId: clusterId ?? '', partitions: await listBounds(cluster, topic) };
}

/** Connects and looks at the topic, within ten seconds. */
export async function openTopic(
  options: KafkaConnectionOptions,
  topic: string,
): Promise<TopicReader> {
  const handle = createCluster(options);
  const task = { topic, brokers: options.brokers, groupId: options.groupId ?? 'strata' };
  const seen = await opening(look(handle.cluster, topic, options.brokers), handle.sockets, task);
  return new KafkajsReader(handle, seen, task);
}
