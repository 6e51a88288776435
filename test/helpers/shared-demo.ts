import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { cli } from './cli.ts';

export interface SharedDemo {
  readonly folder: string;
  /** What a command is told, to work there. */
  readonly place: readonly string[];
}

/** A demo workspace that the tests of one file share, there as soon as the first one runs. */
export function sharedDemo(customers: number): SharedDemo {
  const demo = { folder: '', place: [] as string[] };
  beforeAll(async () => {
    demo.folder = await mkdtemp(join(tmpdir(), 'strata-cli-'));
    demo.place = ['--workspace', join(demo.folder, 'workspace')];
    expect((await cli(['demo', '--customers', String(customers), ...demo.place])).code).toBe(0);
  }, 60_000);
  afterAll(() => rm(demo.folder, { recursive: true, force: true }));
  return demo;
}
