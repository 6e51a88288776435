import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Command, measure, type Measured } from './measure.ts';
import { root } from './places.ts';
import { say } from './report.ts';
import { overall } from './strata.ts';

const scripts = join(root, 'bench', 'peers');

/** An environment of Python and the file of what is in it. lifetimes needs older versions than the others. */
const environments = {
  peers: 'requirements.txt',
  'peers-clv': 'requirements-clv.txt',
} as const;
export type Environment = keyof typeof environments;

const folderOf = (environment: Environment): string => join(root, '.cache', environment);

const pythonOf = (environment: Environment): string =>
  join(folderOf(environment), process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** As they are usually written, and as fast as we can write them. */
const peerScripts = {
  pandas: 'usual_pandas.py',
  polars: 'usual_polars.py',
  'tuned pandas': 'tuned_pandas.py',
  'tuned polars': 'tuned_polars.py',
} as const;
export type PeerName = keyof typeof peerScripts;
export const peerNames = Object.keys(peerScripts) as PeerName[];

/** Installs the pinned peers in an environment of their own, unless these very versions are there. */
export async function ensurePeers(environment: Environment = 'peers'): Promise<void> {
  const requirements = join(scripts, environments[environment]);
  const venv = folderOf(environment);
  const installed = join(venv, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  say(`installing the peers of ${requirements} in ${venv}: this takes a minute or two, once`);
  rmSync(venv, { recursive: true, force: true });
  const system = process.platform === 'win32' ? 'python' : 'python3';
  await measure({ program: system, args: ['-m', 'venv', venv] });
  await measure({
    program: pythonOf(environment),
    args: ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
  });
  // Byte code is compiled at installation, so that no round pays for it; written last, as the mark of success.
  writeFileSync(installed, wanted);
}

/** A script of `peers/` in its environment. */
export function peerScript(environment: Environment, script: string, args: string[]): Command {
  return { program: pythonOf(environment), args: [join(scripts, script), ...args] };
}

export function peerCommand(name: PeerName, input: string, out: string): Command {
  return peerScript('peers', peerScripts[name], [input, out]);
}

const counts = ['read', 'accepted', 'duplicate', 'quarantined', 'ignored'] as const;

const peerResult = z.object({
  stages: z.record(z.string(), z.number()),
  counts: z.record(z.enum(counts), z.number()),
  overall,
});

/** The last line that a peer printed. */
export function readPeer(measured: Measured): z.infer<typeof peerResult> {
  return peerResult.parse(JSON.parse(measured.stdout.trim().split('\n').at(-1) ?? ''));
}
