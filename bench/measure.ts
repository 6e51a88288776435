import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { sampleTree } from './process-tree.ts';

/** One command as a whole process, from its start to its end. Memory is of its largest process. */
export interface Measured {
  readonly wallSeconds: number;
  /** User and system time; like the memory, null where the system does not tell. */
  readonly cpuSeconds: number | null;
  readonly peakBytes: number | null;
  /** Without the pages of files that it mapped: those are the page cache's and can be taken back. */
  readonly ownBytes: number | null;
  readonly stdout: string;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Besides the harness' own. */
  readonly env?: Readonly<Record<string, string>>;
}

const SAMPLE_MS = 20;
/** USER_HZ: 100 on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;

/** Runs a command and watches it. Its progress is shown only if it fails, which is an error here. */
export async function measure(command: Command): Promise<Measured> {
  const start = performance.now();
  const child = spawn(command.program, command.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...command.env },
  });
  const ended = once(child, 'exit').then(([code]) => ({ code, at: performance.now() }));
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  let peak = 0;
  let own = 0;
  let watched = false;
  const ticks = new Map<number, number>();
  const timer = setInterval(() => {
    const sample = child.pid === undefined ? null : sampleTree(child.pid);
    if (sample === null) return;
    watched = true;
    peak = Math.max(peak, sample.peakBytes);
    own = Math.max(own, sample.ownBytes);
    for (const [pid, used] of sample.ticks) ticks.set(pid, used);
  }, SAMPLE_MS);
  try {
    const { code, at } = await ended;
    const [stdout, stderr] = await output;
    if (code !== 0) {
      const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n');
      throw new Error(`${command.program} ${command.args.join(' ')} ended with ${code}:\n${said}`);
    }
    const used = [...ticks.values()].reduce((sum, one) => sum + one, 0);
    return {
      wallSeconds: (at - start) / 1000,
      cpuSeconds: watched ? used / TICKS_PER_SECOND : null,
      peakBytes: watched ? peak : null,
      ownBytes: watched ? own : null,
      stdout,
    };
  } finally {
    clearInterval(timer);
  }
}

const most = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.max(a, b);

/** Commands run one after the other, as one piece of work. */
export function together(parts: readonly Measured[]): Measured {
  return parts.reduce((sum, part) => ({
    wallSeconds: sum.wallSeconds + part.wallSeconds,
    cpuSeconds:
      sum.cpuSeconds === null || part.cpuSeconds === null ? null : sum.cpuSeconds + part.cpuSeconds,
    peakBytes: most(sum.peakBytes, part.peakBytes),
    ownBytes: most(sum.ownBytes, part.ownBytes),
    stdout: part.stdout,
  }));
}

/** The quickest round: what else the machine did can only have made the others slower. */
export function best(rounds: readonly Measured[]): Measured {
  const [first, ...others] = rounds;
  if (first === undefined) throw new Error('Nothing was measured.');
  return others.reduce((a, b) => (b.wallSeconds < a.wallSeconds ? b : a), first);
}
