import type { CellKind, InputValue } from '../../contract/notebook.ts';
import type { Call, TableEngine, TableShape } from '../../engine/table-engine.ts';
import type { JsonObject } from '../document/notebook-document.ts';

export type { Call, TableEngine, TableShape };

/** What running a cell gives: nbformat outputs and, where it defines a table, its rows. */
export interface CellResult {
  readonly outputs: readonly JsonObject[];
  /** An Arrow IPC stream that becomes the table of the cell's name. */
  readonly table?: Uint8Array;
}

/** Panels need the workspace's customers and models, so whoever has these brings them. */
export interface PanelRunner {
  run(
    panel: {
      readonly kind: Extract<CellKind, 'features' | 'tuning' | 'kpis'>;
      readonly parameters: JsonObject;
    },
    call: Call & { readonly onProgress?: (share: number, note: string) => void },
  ): Promise<CellResult>;
}

export interface ScriptInput {
  readonly code: string;
  /** JavaScript where it is not said. */
  readonly language?: Extract<CellKind, 'javascript' | 'typescript'>;
  /** Inputs by name. */
  readonly values: Readonly<Record<string, InputValue>>;
  /** Tables by name, as Arrow IPC streams. */
  readonly tables: Readonly<Record<string, Uint8Array>>;
}

/** JavaScript in a sandbox; throws SCRIPT_FAILED, SCRIPT_LIMIT, CANCELLED. */
export interface ScriptRunner {
  run(script: ScriptInput, call?: Call): Promise<CellResult>;
  close(): Promise<void>;
}
