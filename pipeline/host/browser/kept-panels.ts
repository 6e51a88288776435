import { AppError } from '../../contract/errors.ts';
import type { InputValue } from '../../contract/notebook.ts';
import { readCell, type ReadCell } from '../../notebooks/cells/cell-kind.ts';
import { fillInParameters } from '../../notebooks/cells/fill-in-parameters.ts';
import type { JsonObject, NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import { wordsOutput } from '../../notebooks/outputs/words-output.ts';
import type { CellResult, PanelRunner } from '../../notebooks/session/ports.ts';

type Panel = Parameters<PanelRunner['run']>[0];

interface KeptPanel {
  readonly outputs: readonly JsonObject[];
  /** Name of the table that it made. */
  readonly name: string | null;
}

const asShared = wordsOutput([
  "This panel is as it was when the page was shared: it needs the workspace's customers, which are not in the page.",
]);

const keyOf = ({ kind, parameters }: Panel): string => `${kind} ${JSON.stringify(parameters)}`;

function panelOf(read: ReadCell, values: Readonly<Record<string, InputValue>>): Panel | null {
  if (read.kind !== 'features' && read.kind !== 'tuning' && read.kind !== 'kpis') return null;
  const parameters = fillInParameters(read.kind, read.parameters, values) as unknown as JsonObject;
  return { kind: read.kind, parameters };
}

/** What the panels of a notebook show, by what they ask for. */
function keptPanels({ cells }: NotebookDocument): ReadonlyMap<string, KeptPanel> {
  const reads = cells.map((cell) => readCell(cell));
  const inputs = reads.flatMap((read) =>
    read.kind === 'input' ? [[read.name, read.value] as const] : [],
  );
  // Of two inputs with one name both are faults, and no panel that uses them runs.
  const values = Object.fromEntries(inputs);
  const kept = new Map<string, KeptPanel>();
  for (const [at, read] of reads.entries()) {
    try {
      const panel = panelOf(read, values);
      const outputs = cells[at]?.outputs ?? [];
      const name = 'name' in read ? read.name : null;
      if (panel !== null) kept.set(keyOf(panel), { outputs, name });
    } catch {
      // A panel that cannot be read says so itself.
    }
  }
  return kept;
}

/** The panels of a notebook as they were when it was shared; `tableOf` has the rows that they made. */
export function keptPanelRunner(
  document: NotebookDocument,
  tableOf: (name: string) => Promise<Uint8Array | null>,
): PanelRunner {
  const kept = keptPanels(document);
  return {
    async run(panel): Promise<CellResult> {
      const found = kept.get(keyOf(panel));
      if (found === undefined) throw new AppError('NOTEBOOK_PANEL_KEPT');
      const outputs = [...found.outputs, asShared];
      const table = found.name === null ? null : await tableOf(found.name);
      return table === null ? { outputs } : { outputs, table };
    },
  };
}
