import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { electron9 } from '../scripts/electron9.mjs';
import { electronProgram } from '../scripts/electron-program.mjs';
import { packDesktop } from '../scripts/package.mjs';
import { benchArguments } from './arguments.ts';
import { inScratch, root } from './places.ts';
import { printJson, printTable, say } from './report.ts';

/** Time enough for what a start leaves behind to be collected. */
const IDLE_MS = 20_000;
const MEGABYTE = 1e6;

interface Round {
  readonly firstPaint: number;
  readonly firstChart: number;
  readonly idleMegabytes: number;
}

function megabytesOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return (
    files
      .filter((entry) => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) /
    MEGABYTE
  );
}

/** Proportional set size of the window's processes and its host: shared pages count once. */
function idleMegabytes(app: ElectronApplication, workspace: string): number {
  const listed = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' });
  const rows = listed.split('\n').map((line) => line.trim().split(/\s+/));
  const members = new Set([app.process().pid]);
  for (let before = 0; before < members.size;) {
    before = members.size;
    for (const [pid, parent, ...args] of rows) {
      if (members.has(Number(parent)) || args.includes(workspace)) members.add(Number(pid));
    }
  }
  let kilobytes = 0;
  for (const pid of members) {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    kilobytes += Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
  }
  return (kilobytes * 1024) / MEGABYTE;
}

function launch(
  executable: string,
  folder: string,
  workspace: string,
): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: executable,
    args: ['--no-sandbox', `--user-data-dir=${join(folder, 'user')}`, '--demo', workspace],
    env: {
      ...(process.env as Record<string, string>),
      STRATA_NODE: join(root, 'node_modules', 'node', 'bin', 'node'),
    },
  });
}

async function firstChart(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.locator('[data-painted="true"]').first().waitFor({ timeout: 60_000 });
  return page;
}

/** The workspace is made first; what is measured is what its owner meets the next morning. */
async function startOnce(executable: string): Promise<Round> {
  return inScratch(async (folder) => {
    const workspace = join(folder, 'workspace');
    const making = await launch(executable, folder, workspace);
    await firstChart(making);
    await making.close();
    const since = Date.now();
    const app = await launch(executable, folder, workspace);
    try {
      const page = await firstChart(app);
      const charted = Date.now() - since;
      const painted = await page.evaluate(
        () =>
          performance.timeOrigin +
          (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
      );
      await page.waitForTimeout(IDLE_MS);
      return {
        firstPaint: painted - since,
        firstChart: charted,
        idleMegabytes: idleMegabytes(app, workspace),
      };
    } finally {
      await app.close();
    }
  });
}

/** The packed application: start to first paint and first chart of a demo workspace, memory at rest, size. Linux. */
export async function desktop(args: readonly string[]): Promise<void> {
  const { rounds } = benchArguments(args, { rounds: 3 });
  const program: string | undefined = electronProgram() ?? electron9();
  if (program === undefined) throw new Error('There is no Electron to measure with.');
  const dist = dirname(program);
  const folder = join(
    await packDesktop({ dist, args: ['--linux', 'dir'], inspectable: true }),
    'linux-unpacked',
  );
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    measured.push(await startOnce(join(folder, 'strata-workbench')));
  }
  const least = (of: (round: Round) => number): number => Math.min(...measured.map(of));
  const version = readFileSync(join(dist, 'version'), 'utf8').trim();
  const figures = {
    electron: version,
    firstPaintOfFirstChart: least((one) => one.firstPaint / one.firstChart),
    idleMegabytes: Math.round(least((one) => one.idleMegabytes)),
    folderMegabytes: Math.round(megabytesOf(folder)),
    ofWhichElectron: Math.round(megabytesOf(dist)),
  };
  printTable(
    [`on Electron ${version}`, ''],
    [
      [
        'first paint, as a share of the time to the first chart',
        figures.firstPaintOfFirstChart.toFixed(2),
      ],
      ['memory at rest, window and host (MB, proportional)', String(figures.idleMegabytes)],
      ['packed folder (MB)', String(figures.folderMegabytes)],
      ['of which Electron itself (MB)', String(figures.ofWhichElectron)],
    ],
  );
  printJson({ bench: 'desktop', ...figures });
}
