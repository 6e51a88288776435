import type { TableEngine } from './ports.ts';

/** DuckDB's names know no case, and ids of cells do: each capital gets a mark of its own. */
export function privateTable(id: string): string {
  return `_cell_${id.replaceAll(/[A-Z_]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

interface Place {
  readonly table: string;
  readonly cell: string;
  /** Whether the rows are what the cell gave last; not so while it runs and after it failed. */
  readonly isWhole: boolean;
}

/** Which cell's rows the tables of the engine hold, so that no cell drops or reads another's by its name. */
export class TableShelf {
  readonly #tables: TableEngine;
  readonly #places = new Map<string, Place>();
  readonly #drops = new Set<Promise<void>>();
  #generation: number;

  constructor(tables: TableEngine) {
    this.#tables = tables;
    this.#generation = tables.generation ?? 0;
  }

  get generation(): number {
    return this.#tables.generation ?? 0;
  }

  /** Takes note that the engine has lost its tables, where it has. */
  refresh(): void {
    if (this.generation === this.#generation) return;
    this.#generation = this.generation;
    this.#places.clear();
  }

  holds(table: string, cell: string): boolean {
    const place = this.#places.get(table.toLowerCase());
    return place !== undefined && place.cell === cell && place.isWhole;
  }

  /** Before a table is made: whoever had the name has it no more. */
  take(table: string, cell: string): void {
    this.#places.set(table.toLowerCase(), { table, cell, isWhole: false });
  }

  put(table: string, cell: string): void {
    this.#places.set(table.toLowerCase(), { table, cell, isWhole: true });
  }

  /** Drops the tables of a cell but for one. A table that cannot be dropped only takes room. */
  release(cell: string, but: string | null = null): void {
    for (const [key, place] of this.#places) {
      if (place.cell !== cell || key === but?.toLowerCase()) continue;
      this.#places.delete(key);
      const drop = this.#tables
        .drop(place.table)
        .catch(() => undefined)
        .finally(() => void this.#drops.delete(drop));
      this.#drops.add(drop);
    }
  }

  /** Ends when tables that go are gone: nobody must read them by their old name, nor make one that is dropped then. */
  async settled(): Promise<void> {
    if (this.#drops.size > 0) await Promise.all(this.#drops);
  }
}
