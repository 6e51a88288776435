import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const strata = fileURLToPath(new URL('../../pipeline/cli/strata.mjs', import.meta.url));

export interface CliResult {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly bytes: Buffer;
  readonly err: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly result: Promise<CliResult>;
}

function spawnCli(args: readonly string[], env: Record<string, string>): RunningCli {
  const child = spawn(process.execPath, [strata, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const result = once(child, 'close').then(([code]): CliResult => {
    const bytes = Buffer.concat(out);
    return {
      code: code as number | null,
      bytes,
      out: bytes.toString(),
      err: Buffer.concat(err).toString(),
    };
  });
  return { child, result };
}

/** Starts the command line as a user would; it is ended with the test if it has not ended before. */
export function startCli(args: readonly string[]): RunningCli {
  const running = spawnCli(args, {});
  onTestFinished(() => {
    const { exitCode, signalCode } = running.child;
    if (exitCode === null && signalCode === null) running.child.kill('SIGKILL');
  });
  return running;
}

/** Runs a command to its end. */
export function cli(args: readonly string[], env: Record<string, string> = {}): Promise<CliResult> {
  return spawnCli(args, env).result;
}

/** Runs a command that must succeed, and reads what it printed as JSON. */
export async function cliJson<T>(args: readonly string[]): Promise<T> {
  const { code, out, err } = await cli([...args, '--json']);
  if (code !== 0) throw new Error(`strata ${args.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}

/** The code that a failed command told, with its exit and whether a sentence and a next step stand beside it. */
export function told({ code, out, err }: CliResult): unknown {
  const [, error] = /^strata: ([A-Z_]+): \S/.exec(err) ?? [];
  return { exit: code, error, next: /^ {2}What to do: \S/m.test(err), out };
}
