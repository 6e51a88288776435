import type Cluster from 'kafkajs/src/cluster/index.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaTypes } from './kafka-errors.ts';

const TIMEOUT_MS = 5000;
const PAUSE_MS = 200;
/** Generation and member of one who commits offsets without having joined the group. */
const STANDALONE = { groupGenerationId: -1, memberId: '' };
/** For a moment after a group's first use or a move, no broker or another one answers for it. */
const UNSETTLED = /COORDINATOR|LOAD_IN_PROGRESS/;

export interface CommittedOffset {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: bigint;
}

async function tell(cluster: Cluster, offset: CommittedOffset): Promise<void> {
  const { groupId, topic, partition, nextOffset } = offset;
  const broker = await cluster.findGroupCoordinator({ groupId });
  const topics = [{ topic, partitions: [{ partition, offset: String(nextOffset) }] }];
  await broker.offsetCommit({ groupId, ...STANDALONE, topics });
}

async function tellWhenSettled(
  cluster: Cluster,
  offset: CommittedOffset,
  deadline: number,
): Promise<boolean> {
  while (Date.now() < deadline) {
    try {
      await tell(cluster, offset);
      return true;
    } catch (error) {
      if (![...kafkaTypes(error)].some((type) => UNSETTLED.test(type))) return false;
      await sleep(PAUSE_MS);
    }
  }
  return false;
}

/** Reports an offset to a group, within five seconds; false where the broker would not have it. */
export async function commitOffset(cluster: Cluster, offset: CommittedOffset): Promise<boolean> {
  const late = new AbortController();
  const told = tellWhenSettled(cluster, offset, Date.now() + TIMEOUT_MS);
  const timeout = sleep(TIMEOUT_MS, false, { signal: late.signal }).catch(() => false);
  const done = await Promise.race([told, timeout]);
  late.abort();
  return done;
}
