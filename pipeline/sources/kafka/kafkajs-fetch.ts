import type Cluster from 'kafkajs/src/cluster/index.js';
import protocolErrors from 'kafkajs/src/protocol/error.js';
import fetchRequests from 'kafkajs/src/protocol/requests/fetch/index.js';
import { decodeFetchResponse, type FetchedPartition } from './fetch-response.ts';
import { READ_COMMITTED } from './kafkajs-client.ts';

const FETCH_API = 1;
const MAX_WAIT_MS = 500;
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_PARTITION_BYTES = 2 * 1024 * 1024;
/** From 0.11, the first with record format 2, to the newest that kafkajs can ask for. */
const VERSIONS = ['4', '5', '6', '7', '8', '9', '10', '11'];

type FetchValues = Parameters<ReturnType<typeof fetchRequests.protocol>>[0];

const definition = {
  versions: VERSIONS,
  protocol:
    ({ version }: { version: number }) =>
    (values: FetchValues) => ({
      ...fetchRequests.protocol({ version })(values),
      response: {
        decode: async (payload: Buffer) => decodeFetchResponse(payload, version),
        parse: async (decoded: unknown) => decoded,
      },
    }),
};

type FetchResponse = ReturnType<typeof decodeFetchResponse>;

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, key: Math.random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);

/** Asks every leader once for what follows the given offsets; a leader answers at once if it has anything. */
export async function fetchOnce(
  cluster: Cluster,
  topic: string,
  offsets: ReadonlyMap<number, bigint>,
): Promise<FetchedPartition[]> {
  await cluster.refreshMetadataIfNecessary();
  const leaders = Object.entries(cluster.findLeaderForPartitions(topic, [...offsets.keys()]));
  const answers = leaders.map(async ([nodeId, partitions]) => {
    const broker = await cluster.findBroker({ nodeId });
    const request = broker.lookupRequest(
      FETCH_API,
      definition,
    )({
      isolationLevel: READ_COMMITTED,
      maxWaitTime: MAX_WAIT_MS,
      minBytes: 1,
      maxBytes: MAX_BYTES,
      // The broker fills its answer in this order, so a fixed one would starve the last partitions.
      topics: [
        {
          topic,
          partitions: shuffled(partitions).map((partition) => ({
            partition,
            fetchOffset: String(offsets.get(partition) ?? 0n),
            maxBytes: MAX_PARTITION_BYTES,
          })),
        },
      ],
    });
    return (await broker.connectionPool.send(request)) as FetchResponse;
  });
  const responses = await Promise.all(answers);
  for (const { errorCode, partitions } of responses) {
    const failed = [errorCode, ...partitions.map((one) => one.errorCode)].find(
      (code) => code !== 0,
    );
    if (failed !== undefined) throw protocolErrors.createErrorFromCode(failed);
  }
  return responses.flatMap(({ partitions }) => partitions);
}
