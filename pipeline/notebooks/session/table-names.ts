import { AppError } from '../../contract/errors.ts';
import type { TableEngine } from './ports.ts';

const remembered = 2000;

/** A table of the session as its cell is called: `"Top"`, `main.top` and `memory.main."Top"` without what is around. */
function bare(table: string): string {
  const own = /^(?:(?:"?memory"?\.)?"?main"?\.)?(?:"((?:[^"]|"")+)"|([^".]+))$/i.exec(table);
  return own === null ? table : (own[1]?.replaceAll('""', '"') ?? own[2] ?? table);
}

/** What queries read, each text asked for once. */
export class TableNames {
  readonly #tables: TableEngine;
  readonly #known = new Map<string, readonly string[]>();
  readonly #asked = new Map<string, Promise<void>>();

  constructor(tables: TableEngine) {
    this.#tables = tables;
  }

  /** Undefined as long as nobody has asked. */
  of(sql: string): readonly string[] | undefined {
    return this.#known.get(sql);
  }

  ask(sql: string): Promise<void> {
    const asked = this.#asked.get(sql) ?? this.#find(sql);
    this.#asked.set(sql, asked);
    return asked;
  }

  /** A query that cannot be read reads nothing: running it tells why. */
  async #find(sql: string): Promise<void> {
    const names = await this.#read(sql, 2);
    this.#asked.delete(sql);
    this.#known.set(sql, [...new Set(names.map(bare))]);
    const [oldest] = this.#known.keys();
    if (this.#known.size > remembered && oldest !== undefined) this.#known.delete(oldest);
  }

  /** Once more where it was not the query's fault. */
  async #read(sql: string, tries: number): Promise<readonly string[]> {
    try {
      return await this.#tables.tableNames(sql);
    } catch (error) {
      const isInvalid = error instanceof AppError && error.code === 'SQL_INVALID';
      return isInvalid || tries === 1 ? [] : this.#read(sql, tries - 1);
    }
  }
}
