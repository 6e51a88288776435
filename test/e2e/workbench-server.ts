import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface StartedWorkbench extends AsyncDisposable {
  readonly address: string;
  readonly workspace: string;
  /** Ends the host as a terminal that is closed would. */
  stop(): Promise<void>;
}

const patience = 150_000;

/** The address it prints, or an error with all that it printed when it ends or stays silent. */
function firstAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('the output of npm start is not piped');
    const lines: string[] = [];
    const fail = (how: string): void =>
      reject(new Error(`npm start ${how} without an address:\n${lines.join('\n')}`));
    const timer = setTimeout(() => fail(`went on for ${patience / 1000} s`), patience);
    child.once('exit', () => {
      clearTimeout(timer);
      fail('ended');
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found[0]);
    });
  });
}

/** Starts what `npm start -- --no-open` starts, in a workspace of its own, on a free port. */
export async function startWorkbench(): Promise<StartedWorkbench> {
  const workspace = await mkdtemp(join(tmpdir(), 'strata-e2e-'));
  const args = ['scripts/start.mjs', '--no-open', '--workspace', workspace, '--port', '0'];
  // A group of its own: the script starts the host as a child, and both must end.
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGTERM');
    const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), 20_000);
    await ended;
    clearTimeout(timer);
  };
  const clean = async (): Promise<void> => {
    await stop();
    await rm(workspace, { recursive: true, force: true, maxRetries: 5 });
  };
  const address = await firstAddress(child).catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  return {
    address,
    workspace,
    stop,
    [Symbol.asyncDispose]: clean,
  };
}
