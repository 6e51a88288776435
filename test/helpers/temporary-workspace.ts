import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunContext } from '../../pipeline/runs/run-pipeline.ts';
import { ingestFile } from '../../pipeline/sources/files/node/ingest-file.ts';
import { requireMapping } from '../../pipeline/workspace/node/mappings.ts';
import { openWorkspace, type Workspace } from '../../pipeline/workspace/node/workspace.ts';

/** A folder of its own, gone when the test has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface OpenedWorkspace {
  readonly workspace: Workspace;
  readonly context: RunContext;
  readonly ingest: (path: string, preset: string) => Promise<number>;
}

/** A fresh workspace, open for the one test that asked for it. */
export async function temporaryWorkspace(): Promise<OpenedWorkspace> {
  const folder = await temporaryFolder();
  const workspace = await openWorkspace(join(folder, 'workspace'), { create: true });
  onTestFinished(() => workspace.close());
  return {
    workspace,
    context: { connection: workspace.writer, config: workspace.config },
    ingest: async (path, preset) => {
      const compiled = requireMapping(workspace.path, preset);
      return (await ingestFile(workspace.writer, { path, compiled })).records;
    },
  };
}
