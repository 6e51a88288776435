import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { serve, type ServeOptions, type Served } from '../../pipeline/host/node/server.ts';
import { hostFixture, type HostFixture } from './host-fixture.ts';

export interface ServedHost extends Served {
  readonly host: HostFixture;
  /** Holds the page's folder, the uploads' folder, and what must stay out of reach. */
  readonly folder: string;
  readonly filesDirectory: string;
  socket(): WebSocket;
  /** Closes the host and leaves its folders. */
  closeServer(): Promise<void>;
}

/** A real host on a free port: a page in `<folder>/page`, uploads to `<folder>/files`, `<folder>/secret.txt` beside them. */
export async function servedHost(options: Partial<ServeOptions> = {}): Promise<ServedHost> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-host-'));
  const page = join(folder, 'page');
  const filesDirectory = join(folder, 'files');
  await mkdir(page);
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Strata</title>');
  await writeFile(join(folder, 'secret.txt'), 'the secret');
  const host = hostFixture();
  const served = await serve({
    workbench: host.workbench,
    jobs: host.jobs,
    effects: host.effects,
    secrets: host.secrets,
    staticDirectory: page,
    filesDirectory,
    ...options,
  });
  const { port, token } = served;
  return {
    ...served,
    host,
    folder,
    filesDirectory,
    socket: () =>
      new WebSocket(`ws://127.0.0.1:${port}/rpc`, ['strata', `strata.${token}`], {
        origin: `http://127.0.0.1:${port}`,
      }),
    closeServer: () => served.close(),
    close: async () => {
      await served.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function openSocket(served: ServedHost): Promise<WebSocket> {
  const socket = served.socket();
  await once(socket, 'open');
  return socket;
}
