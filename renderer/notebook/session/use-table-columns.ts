import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HostClient } from '../../host/client.ts';
import { useHost } from '../../host/host-context.tsx';
import type { TablePage } from '../../../pipeline/contract/schemas.ts';
import { arrowPage } from '../outputs/arrow-page.ts';
import { useNotebook, useOpenNotebook } from './notebook-context.tsx';
import { notebookNames } from './notebook-names.ts';

export type Columns = TablePage['columns'];

interface Asked {
  readonly table: string;
  readonly id: string;
  /** The cell that makes the table; null for one of the workspace. */
  readonly cell: string | null;
}

async function columnsOf(client: HostClient, asked: Asked, signal: AbortSignal): Promise<Columns> {
  const { table, id, cell } = asked;
  if (cell === null) {
    return (await client.tables.page({ table, offset: 0, limit: 1 }, { signal })).columns;
  }
  const blob = await client.notebooks.rows({ id, cell, offset: 0, limit: 1 }, { signal });
  return arrowPage(new Uint8Array(await blob.arrayBuffer()), { table, total: 1 }).columns;
}

function query(client: HostClient, asked: Asked, made: unknown) {
  return {
    queryKey: ['notebooks', asked.id, 'columns', asked.table, asked.cell, made],
    enabled: asked.table !== '',
    retry: false,
    staleTime: 60_000,
    queryFn: ({ signal }: { signal: AbortSignal }) => columnsOf(client, asked, signal),
  };
}

/** The columns of a table that a cell makes or the workspace has, once its rows are there. */
export function useTableColumns(table: string): Columns | null {
  const { client } = useHost();
  const { session } = useOpenNotebook();
  const cell = useNotebook((state) => notebookNames(state).tables.get(table) ?? null);
  const rows = useNotebook(({ states }) =>
    cell === null ? null : (states.get(cell)?.rows ?? null),
  );
  const asked = { table, id: session.id, cell };
  return useQuery(query(client, asked, rows)).data ?? null;
}

/** Asks for a table's columns now; none where they cannot be told. */
export function useAskColumns(): (table: string) => Promise<Columns> {
  const { client } = useHost();
  const queries = useQueryClient();
  const { session } = useOpenNotebook();
  return async (table) => {
    if (table === '') return [];
    const cell = notebookNames(session.state()).tables.get(table) ?? null;
    try {
      return await queries.fetchQuery(query(client, { table, id: session.id, cell }, null));
    } catch {
      return [];
    }
  };
}

/** Columns by table, for whoever completes what is typed: only those of tables in use are asked for. */
export function useSchema(used: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const { client } = useHost();
  const { session, tables } = useOpenNotebook();
  const named = notebookNames(session.state()).tables;
  const asked = used
    .filter((table) => named.has(table) || tables.includes(table))
    .slice(0, 12)
    .map((table) => ({ table, id: session.id, cell: named.get(table) ?? null }));
  const known = useQueries({ queries: asked.map((one) => query(client, one, null)) });
  const schema: Record<string, readonly string[]> = {};
  for (const table of [...named.keys(), ...tables]) schema[table] = [];
  asked.forEach(({ table }, at) => {
    schema[table] = known[at]?.data?.map(({ name }) => name) ?? [];
  });
  return schema;
}
