import { RPCLink } from '@orpc/client/message-port';
import { AppError } from '../../pipeline/contract/errors.ts';
import type { FromPageHost, ToPageHost } from '../../pipeline/contract/shared-page.ts';
import { hostClient } from '../host/client.ts';
import { Connection } from '../host/connection.ts';
import type { Host } from '../host/host-context.tsx';
import { OpenedFile } from '../host/opened-file.ts';
import { EngineStatus } from './engine-state.ts';
import type { PageContent } from './page-content.ts';
import { takeBlock, takePart, unpackedPart, wholePage } from './page-parts.ts';

export interface PageHost extends Host {
  readonly engine: EngineStatus;
  /** Unpacks the engine and starts it; to be called once, when the page has been painted. */
  startEngine(): Promise<void>;
}

const brokenNext = 'Open the page again; what it shows was saved with it.';

async function startWorker(): Promise<Worker> {
  const script = await unpackedPart('host.js');
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  return new Worker(address);
}

function listen(worker: Worker, engine: EngineStatus): void {
  worker.addEventListener('message', ({ data }: MessageEvent<FromPageHost>) => engine.enter(data));
  worker.addEventListener('error', ({ message }) => {
    const told = `The part of the page that runs cells could not be started (${message}).`;
    engine.enter({ kind: 'dead', message: told, next: brokenNext });
  });
}

/** The host that a shared page brings along, in a worker. */
export function pageHost(content: PageContent): PageHost {
  const engine = new EngineStatus();
  const { port1, port2 } = new MessageChannel();
  const worker = startWorker();
  const post = async (message: ToPageHost, transfer: Transferable[] = []): Promise<void> =>
    (await worker).postMessage(message, transfer);
  const { path, notebook, record } = content;
  const { minimumCount } = record.choices;
  worker.then(
    (started) => listen(started, engine),
    (error: unknown) =>
      engine.enter({ kind: 'dead', message: `${String(error)}.`, next: brokenNext }),
  );
  void post({ kind: 'open', path, notebook, minimumCount }, [port2]);
  const link = new RPCLink({ port: port1 });
  port1.start();
  const ended = new Promise<void>(() => {});
  const connection = new Connection(() =>
    Promise.resolve({ kind: 'open', wire: { link, ended, close: () => port1.close() } }),
  );
  return {
    client: hostClient(connection),
    connection,
    upload: () => Promise.reject(new AppError('NOTEBOOK_PAGE_ALONE')),
    opened: new OpenedFile(),
    openedNotebook: new OpenedFile(),
    engine,
    startEngine: async () => {
      await wholePage();
      const tables = content.tables.map(({ id, name, kind }) => ({
        name,
        kind,
        packed: takeBlock(id),
      }));
      const duckdb = { script: takePart('duckdb.js'), module: takePart('duckdb.wasm') };
      const scripts = { script: takePart('script-worker.js'), module: takePart('quickjs.wasm') };
      await post({ kind: 'engine', tables, duckdb, scripts });
    },
  };
}
