import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** An independent Kafka client (librdkafka): what it writes and reads is what ours is compared with. */
export const kcatMissing = spawnSync('kcat', ['-V']).error !== undefined;

/** Runs kcat and gives what it printed; throws with its complaint if it fails. */
export async function kcat(
  brokers: readonly string[],
  options: string[],
  input = '',
): Promise<string> {
  const child = spawn('kcat', ['-b', brokers.join(','), ...options]);
  let [output, complaint] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (complaint += piece.toString()));
  child.stdin.end(input);
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`kcat failed: ${complaint}`);
  return output;
}
