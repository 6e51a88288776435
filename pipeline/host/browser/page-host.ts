import './no-eval.ts';
import { asAppError } from '../../contract/errors.ts';
import type { FromPageHost, ToPageHost } from '../../contract/shared-page.ts';
import { readNotebookText } from '../../notebooks/document/read-notebook.ts';
import { writeNotebook } from '../../notebooks/document/write-notebook.ts';
import { withMinimumCount } from '../../notebooks/share/minimum-count.ts';
import type { Jobs } from '../jobs.ts';
import type { HostLogger } from '../logger.ts';
import { OpenNotebook } from '../notebooks/open-notebook.ts';
import { readTablePage } from '../read-table-page.ts';
import { hostRouter } from '../router.ts';
import type { SecretStore } from '../secret-store.ts';
import type { Workbench } from '../workbench.ts';
import { awaitedTables } from './awaited-tables.ts';
import { keptPanelRunner } from './kept-panels.ts';
import { memoryStore } from './memory-store.ts';
import { pageScripts, startPageEngine, type PageEngine } from './page-engine.ts';
import { refusing } from './refusing.ts';
import { serveBrowserPort } from './serve-browser-port.ts';
import { sharedNotebook } from './shared-notebook.ts';
import { unpackedTable } from './unpacked.ts';

type Open = Extract<ToPageHost, { kind: 'open' }>;
type EngineParts = Extract<ToPageHost, { kind: 'engine' }>;

const logger: HostLogger = { error: (message, error) => console.error(message, error) };

const parts = Promise.withResolvers<EngineParts>();
const engine: Promise<PageEngine> = parts.promise.then(startPageEngine);

function tell(message: FromPageHost): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  postMessage(message);
}

async function panelTable(name: string): Promise<Uint8Array | null> {
  const table = (await engine).panels.get(name.toLowerCase());
  return table === undefined ? null : unpackedTable(table.packed);
}

/** The notebook of the page. Whoever opened the page trusts it: its queries and scripts reach nothing but its own data. */
function openNotebook({ path, notebook, minimumCount }: Open): Promise<OpenNotebook> {
  // Written as Jupyter writes it, so that a saved copy is.
  const document = readNotebookText(notebook);
  const text = writeNotebook({ ...document, text: null });
  const tables = awaitedTables(engine.then((started) => started.tables));
  return OpenNotebook.open({
    id: 'shared',
    path,
    store: memoryStore(path, text),
    trust: { isTrusted: async () => true, trust: async () => {} },
    engines: () => ({
      tables: withMinimumCount(tables, minimumCount),
      panels: keptPanelRunner(document, panelTable),
      scripts: pageScripts(parts.promise),
      renew: async () => {},
    }),
    now: () => new Date(),
  });
}

async function serve(open: Open, port: MessagePort): Promise<void> {
  const notebook = await openNotebook(open);
  const workbench = refusing<Workbench>({
    analysis: refusing({}),
    notebooks: sharedNotebook(notebook),
    tablePage: async (input) => {
      const connection = await (await engine).engine.connect();
      try {
        return await readTablePage(connection, input);
      } finally {
        connection.close();
      }
    },
  });
  const router = hostRouter({
    workbench,
    jobs: refusing<Jobs>({}),
    secrets: refusing<SecretStore>({}),
    logger,
  });
  serveBrowserPort(port, router, logger);
}

function tellWhy(error: unknown): void {
  const { message, next } = asAppError(error);
  tell({ kind: 'dead', message, next });
}

addEventListener('message', ({ data, ports: [port] }: MessageEvent<ToPageHost>) => {
  if (data.kind === 'open' && port !== undefined) void serve(data, port).catch(tellWhy);
  if (data.kind === 'engine') {
    parts.resolve(data);
    engine.then(() => tell({ kind: 'live' }), tellWhy);
  }
});
