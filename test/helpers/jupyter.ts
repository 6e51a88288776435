import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const fixtures = join(root, 'test/fixtures/notebooks');
const folder = join(root, '.cache/nbformat');
const system = process.platform === 'win32' ? 'python' : 'python3';
const pythonIn = (venv: string): string =>
  join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

async function prepare(requirements: string): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  await mkdir(join(root, '.cache'), { recursive: true });
  try {
    await run(system, ['-m', 'venv', draft]);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    await run(pythonIn(draft), [...install, '-r', join(fixtures, 'requirements.txt')]);
    await writeFile(join(draft, 'installed.txt'), requirements);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process may have been quicker.
    if (!existsSync(join(folder, 'installed.txt'))) throw error;
  }
}

export interface Judged {
  readonly fault: string | null;
  /** The same notebook as nbformat writes it. */
  readonly text: string | null;
}

export interface RunNotebook {
  readonly cells: readonly {
    readonly source: string;
    readonly outputs?: readonly {
      readonly output_type: string;
      readonly text?: string;
      readonly ename?: string;
      readonly data?: Readonly<Record<string, string>>;
    }[];
  }[];
}

export interface Jupyter {
  judge(texts: readonly string[]): Promise<Judged[]>;
  html(text: string): Promise<string>;
  /** Runs the cells in a kernel of its own, whose working folder is `folder`; what fails is among the outputs. */
  run(text: string, folder: string): Promise<RunNotebook>;
  literals(sources: readonly string[]): Promise<{ kind: string; value?: unknown }[]>;
}

async function ask<T>(question: object): Promise<T> {
  const child = spawn(pythonIn(folder), [join(fixtures, 'check.py')], {
    stdio: 'pipe',
    // JupySQL tells its makers what is run where nobody forbids it.
    env: { ...process.env, PLOOMBER_STATS_ENABLED: 'false' },
  });
  const complaint = text(child.stderr);
  child.stdin.end(JSON.stringify(question));
  const answer = await text(child.stdout);
  if (answer === '') throw new Error(`check.py failed: ${await complaint}`);
  return JSON.parse(answer) as T;
}

/** Python's nbformat, nbconvert and JupySQL, installed at the first call on a machine; else the reason why they are not to be had. */
export async function jupyter(): Promise<Jupyter | { readonly skipped: string }> {
  try {
    execFileSync(system, ['--version']);
    const requirements = await readFile(join(fixtures, 'requirements.txt'), 'utf8');
    const mark = join(folder, 'installed.txt');
    if (!existsSync(mark) || (await readFile(mark, 'utf8')) !== requirements) {
      await prepare(requirements);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { skipped: `nbformat could not be installed (${reason})` };
  }
  return {
    judge: (texts) => ask({ texts }),
    html: (notebook) => ask({ html: notebook }),
    run: (notebook, folder) => ask({ run: notebook, folder }),
    literals: (sources) => ask({ literals: sources }),
  };
}
