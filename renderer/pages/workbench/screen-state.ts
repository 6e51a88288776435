import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';

export type ScreenState = 'empty' | 'filling' | 'landed' | 'full';

export const layers = ['raw', 'silver', 'features', 'gold'] as const;
export type Layer = (typeof layers)[number];

export interface LayerCount {
  readonly layer: Layer;
  readonly rows: number;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

/** The four layers in the order data flows through them, each with its tables. */
export function layerCounts(tables: WorkspaceStatus['tables']): LayerCount[] {
  return layers.map((layer) => {
    const own = tables.filter((table) => table.layer === layer);
    return {
      layer,
      rows: own.reduce((sum, table) => sum + table.rows, 0),
      tables: own.map(({ name, rows }) => ({ name, rows })),
    };
  });
}

/** What a workspace has to show: nothing, nothing yet, records without charts, or everything. */
export function screenState(status: WorkspaceStatus, busy: boolean): ScreenState {
  const rows = (layer: Layer): number =>
    status.tables.reduce((sum, table) => sum + (table.layer === layer ? table.rows : 0), 0);
  if (rows('gold') > 0) return 'full';
  if (busy) return 'filling';
  return rows('raw') > 0 ? 'landed' : 'empty';
}
