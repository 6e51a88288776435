import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Command, measure, type Measured } from './measure.ts';
import { root } from './places.ts';
import { say } from './report.ts';
import { overall } from './strata.ts';

const scripts = join(root, 'bench', 'peers');
const venv = join(root, '.cache', 'peers');
const python = join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const installed = join(venv, 'installed.txt');

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
export async function ensurePeers(): Promise<void> {
  const requirements = join(scripts, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  say(`installing the peers of ${requirements} in ${venv}: this takes a minute or two, once`);
  rmSync(venv, { recursive: true, force: true });
  const system = process.platform === 'win32' ? 'python' : 'python3';
  await measure({ program: system, args: ['-m', 'venv', venv] });
  await measure({
    program: python,
    args: ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
  });
  // Byte code is compiled at installation, so that no round pays for it; written last, as the mark of success.
  writeFileSync(installed, wanted);
}

export function peerCommand(name: PeerName, input: string, out: string): Command {
  return { program: python, args: [join(scripts, peerScripts[name]), input, out] };
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
