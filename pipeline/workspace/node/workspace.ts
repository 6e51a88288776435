import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { Connection, Engine } from '../../engine/engine.ts';
import { openNativeEngine } from '../../engine/native/native-engine.ts';
import { parseConfig, type WorkspaceConfig, workspaceConfig } from '../config.ts';
import { prepareWarehouse } from '../warehouse.ts';
import { fileError } from './file-error.ts';
import { sweepLeftovers } from './sweep-leftovers.ts';
import { systemCode } from './system-code.ts';

/** An open workspace: its folder, its configuration, its one engine and the connection that writes. */
export interface Workspace {
  readonly path: string;
  readonly warehouse: string;
  readonly config: WorkspaceConfig;
  readonly engine: Engine;
  readonly writer: Connection;
  close(): Promise<void>;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The configuration of a folder; a folder without one is not a workspace. */
export async function readConfig(path: string): Promise<WorkspaceConfig> {
  const file = join(path, 'strata.json');
  if (!(await exists(file))) throw new AppError('WORKSPACE_NOT_FOUND', { path });
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fileError(error, file);
  });
  return parseConfig(bytes.toString('utf8'), file);
}

async function createFolder(path: string, name?: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) {
    throw new AppError('FILE_UNWRITABLE', { path, problem: 'a workspace is a folder' });
  }
  try {
    for (const folder of ['', 'artifacts', 'files', 'mappings']) {
      await mkdir(join(path, folder), { recursive: true });
    }
    const config = workspaceConfig.parse({ name: name ?? basename(path) });
    // "wx" keeps a configuration that appeared meanwhile.
    await writeFile(join(path, 'strata.json'), `${JSON.stringify(config, null, 2)}\n`, {
      flag: 'wx',
    });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return;
    throw fileError(error, path);
  }
}

/** The owner knows the folder; the file that is locked within it is Strata's affair. */
function naming(path: string, error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'WORKSPACE_LOCKED') return error;
  return new AppError('WORKSPACE_LOCKED', { ...error.details, path }, { cause: error });
}

export interface OpenOptions {
  /** Makes the folder where there is none yet. */
  readonly create?: boolean;
  readonly name?: string;
}

export async function openWorkspace(folder: string, options: OpenOptions = {}): Promise<Workspace> {
  const path = resolve(folder);
  if (options.create === true && !(await exists(join(path, 'strata.json')))) {
    await createFolder(path, options.name);
  }
  const config = await readConfig(path);
  const warehouse = join(path, 'warehouse.duckdb');
  const { memoryLimit, threads } = config.engine;
  const engine = await openNativeEngine(warehouse, {
    temporaryDirectory: join(path, '.tmp'),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(threads === undefined ? {} : { threads }),
  }).catch((error: unknown) => {
    throw naming(path, error);
  });
  try {
    await sweepLeftovers(path);
    const writer = await engine.connect();
    await prepareWarehouse(writer, path);
    return {
      path,
      warehouse,
      config,
      engine,
      writer,
      close: async () => {
        writer.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
