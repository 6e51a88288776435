import { readdirSync, readFileSync } from 'node:fs';

/** What Linux counts of one process and all below it. Other systems give null. */
export interface TreeSample {
  /** Largest peak of resident memory of any one process, file pages that it mapped included. */
  readonly peakBytes: number;
  /** Largest resident memory of any one process that is its own, without mapped files, at this moment. */
  readonly ownBytes: number;
  /** User and system time by process, in clock ticks. */
  readonly ticks: ReadonlyMap<number, number>;
}

function childrenOf(pid: number): number[] {
  // The list is kept by thread: a worker thread's children are not the main thread's.
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
      .split(' ')
      .filter((text) => text.trim() !== '')
      .map(Number),
  );
}

function kilobytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
}

function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name, the second field, may hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

export function sampleTree(root: number): TreeSample | null {
  if (process.platform !== 'linux') return null;
  let peak = 0;
  let own = 0;
  const ticks = new Map<number, number>();
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      peak = Math.max(peak, kilobytes(status, 'VmHWM'));
      own = Math.max(own, kilobytes(status, 'RssAnon') + kilobytes(status, 'RssShmem'));
      ticks.set(pid, ticksOf(pid));
      waiting.push(...childrenOf(pid));
    } catch {
      // It ended between being listed and being read.
    }
  }
  return { peakBytes: peak * 1024, ownBytes: own * 1024, ticks };
}
