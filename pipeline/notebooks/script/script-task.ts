import type { InputValue } from '../../contract/notebook.ts';
import type { ErrorDetails } from '../../contract/errors.ts';
import type { CellResult } from '../session/ports.ts';

/** What a worker is given, and what it gives back: clones of both pass. */
export interface ScriptTask {
  readonly code: string;
  readonly values: Readonly<Record<string, InputValue>>;
  readonly tables: Readonly<Record<string, Uint8Array>>;
  readonly limits: ScriptLimits;
}

export interface ScriptLimits {
  /** Bytes that the sandbox may hold, the tables that it reads included. */
  readonly memory: number;
  /** Characters of text that a cell may show: prints, figures, HTML. */
  readonly output: number;
}

export type ScriptAnswer =
  | { readonly kind: 'done'; readonly result: CellResult }
  | {
      readonly kind: 'failed';
      readonly code: 'SCRIPT_FAILED' | 'SCRIPT_LIMIT';
      readonly details: ErrorDetails;
    };

export interface ScriptTasks {
  readonly [name: string]: (task: ScriptTask) => ScriptAnswer;
  readonly runScript: (task: ScriptTask) => ScriptAnswer;
}
