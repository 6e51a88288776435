import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command, CommandIo } from '../../pipeline/cli/command.ts';
import { doctor } from '../../pipeline/cli/doctor.ts';
import { kpis } from '../../pipeline/cli/kpis.ts';
import { quarantine } from '../../pipeline/cli/quarantine.ts';
import { segment } from '../../pipeline/cli/segment/segment.ts';
import { cli, cliJson } from '../helpers/cli.ts';
import { codeOf } from '../helpers/workspace.ts';

let folder: string;
let place: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-test-'));
  place = join(folder, 'workspace');
  await cli(['demo', '--customers', '60', '--seed', '3', '--workspace', place]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command on which Ctrl-C was pressed before it came to its work. */
async function interrupted(command: Command, args: readonly string[]): Promise<unknown> {
  const printed: string[] = [];
  const io: CommandIo = {
    out: (text) => printed.push(text),
    write: () => Promise.resolve(),
    progress: () => {},
    signal: AbortSignal.abort(),
    env: {},
  };
  const code = await codeOf(() => command.run([...args, '--workspace', place], io));
  return [code, printed];
}

describe('the first Ctrl-C', () => {
  it.each([
    ['kpis', kpis, ['--as-of', '2024-06-01']],
    ['quarantine', quarantine, ['redrive']],
    ['doctor', doctor, []],
    ['segment compare', segment, ['compare', '1', '1']],
    ['segment preview', segment, ['preview', '--k', '3']],
  ] as const)('ends %s as CANCELLED, with nothing printed or changed', async (_, command, args) => {
    const state = (): Promise<unknown> =>
      cliJson(['query', 'from ops.batches order by all', '--workspace', place]);
    const before = await state();
    expect(await interrupted(command, args)).toEqual(['CANCELLED', []]);
    expect(await state()).toEqual(before);
  });
});
