import type { PanelRunner, ScriptRunner, TableEngine } from '../../notebooks/session/ports.ts';

/** Engines of one notebook; they end with it. */
export interface NotebookEngines {
  readonly tables: TableEngine;
  readonly panels: PanelRunner;
  readonly scripts: ScriptRunner;
  /** Lets the tables follow what the warehouse has become. */
  readonly renew: () => Promise<void>;
}
