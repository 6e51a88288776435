import type { NotebookCell, NotebookMode } from '../../../pipeline/contract/notebook.ts';
import { changeBetween, type NotebookContent } from '../state/notebook-content.ts';
import { knownOf, type Changes } from '../state/pending-update.ts';

interface Edit {
  readonly before: NotebookContent;
  readonly after: NotebookContent;
  /** Null where it is the same. */
  readonly mode: NotebookMode | null;
  /** What the host has not taken yet. */
  readonly unsent: Changes;
}

/** Which cells the host is known to have, so that what this page tells says nothing of those that it has not seen. */
export class HostedCells {
  #ids: ReadonlySet<string>;

  constructor(cells: readonly NotebookCell[]) {
    this.#ids = new Set(cells.map(({ id }) => id));
  }

  /** The host told all that it has. */
  told(cells: readonly NotebookCell[]): void {
    this.#ids = new Set(cells.map(({ id }) => id));
  }

  /** The host took these. */
  took(changes: Changes): void {
    const { cells, order } = changes;
    const gone = order === null ? new Set<string>() : knownOf(changes);
    for (const id of order ?? []) gone.delete(id);
    this.#ids = new Set([...this.#ids, ...cells.keys()].filter((id) => !gone.has(id)));
  }

  changes({ before, after, mode, unsent }: Edit): Changes {
    const { changed, order } = changeBetween(before, after);
    // One that waits is told anew: cells may have come since.
    const whole = order ?? (unsent.order === null ? null : after.order);
    const hosted = new Set([...this.#ids, ...unsent.cells.keys()]);
    const cells = new Map(changed.map((cell) => [cell.id, cell]));
    return {
      cells,
      order: whole,
      known: whole === null ? new Set([...cells.keys()].filter((id) => hosted.has(id))) : hosted,
      added: new Set([...cells.keys()].filter((id) => !before.cells.has(id))),
      mode,
    };
  }
}
