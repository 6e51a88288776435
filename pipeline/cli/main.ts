import { once } from 'node:events';
import { createRequire } from 'node:module';
import { AppError, asAppError } from '../contract/errors.ts';
import { type CommandIo, commonUsage, HelpAsked } from './command.ts';
import { commands } from './commands.ts';

async function overview(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(
      async ([name, load]) => `  ${name.padEnd(12)}${(await load()).summary}`,
    ),
  );
  return `strata: customer segmentation on one machine, from events to segments and KPIs

Usage: strata COMMAND [options]

${lines.join('\n')}

Every command takes${commonUsage}
  --help            say what it takes

strata --version says which Strata this is.

A first look: strata demo`;
}

const version = (): string => {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  return `strata ${version}`;
};

function createIo(signal: AbortSignal): CommandIo & { done: () => void } {
  const terminal = process.stderr.isTTY;
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write('\r\u001B[K');
    shown = false;
  };
  return {
    out: (text) => {
      clear();
      process.stdout.write(`${text}\n`);
    },
    write: async (bytes) => {
      if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
    },
    progress: (text) => {
      if (!terminal) return;
      process.stderr.write(`\r\u001B[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
    signal,
    env: process.env,
    done: clear,
  };
}

function fail(error: unknown): void {
  const known = asAppError(error);
  process.stderr.write(`strata: ${known.code}: ${known.message}\n  What to do: ${known.next}\n`);
  if (known.code === 'INTERNAL' && known.cause instanceof Error) {
    process.stderr.write(`${known.cause.stack ?? ''}\n`);
  }
  process.exitCode = known.exit;
}

/** Runs one command line to its end; the exit code says whether it did what it says. */
export async function main(args: readonly string[]): Promise<void> {
  const abort = new AbortController();
  // The first Ctrl-C rolls back and ends; a second one ends at once.
  process.once('SIGINT', () => abort.abort());
  process.once('SIGTERM', () => abort.abort());
  // Whoever reads the output may stop reading: `strata query ... | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const io = createIo(abort.signal);
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(await overview());
    if (name === undefined) process.exitCode = 2;
    return;
  }
  if (name === '--version') {
    io.out(version());
    return;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (load === undefined) {
      const known = Object.keys(commands).join(', ');
      throw new AppError('BAD_USAGE', {
        problem: `There is no command "${name}"; there are ${known}.`,
      });
    }
    const command = await load();
    try {
      await command.run(rest, io);
    } catch (error) {
      if (!(error instanceof HelpAsked)) throw error;
      io.out(`${command.usage}\n${commonUsage}`);
    }
  } catch (error) {
    io.done();
    fail(error);
  } finally {
    io.done();
  }
}
