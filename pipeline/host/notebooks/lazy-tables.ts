import type { Call, TableEngine } from '../../notebooks/session/ports.ts';

/** Tables that are not asked for anything before `prepare` has ended; a preparation that failed is tried again. */
export class LazyTables implements TableEngine {
  readonly #tables: TableEngine;
  readonly #names: Pick<TableEngine, 'tableNames'>;
  readonly #prepare: () => Promise<void>;
  #prepared: Promise<void> | null = null;

  /** `names` answers beside a query that takes long: what cells read is asked whenever one is edited. */
  constructor(
    tables: TableEngine,
    { prepare, names }: { prepare: () => Promise<void>; names: Pick<TableEngine, 'tableNames'> },
  ) {
    this.#tables = tables;
    this.#names = names;
    this.#prepare = prepare;
  }

  get generation(): number {
    return this.#tables.generation ?? 0;
  }

  async tableNames(sql: string, call?: Call): Promise<string[]> {
    await this.#ready();
    return this.#names.tableNames(sql, call);
  }

  async create(...[table, call]: Parameters<TableEngine['create']>) {
    await this.#ready();
    return this.#tables.create(table, call);
  }

  async insert(...[table, call]: Parameters<TableEngine['insert']>) {
    await this.#ready();
    return this.#tables.insert(table, call);
  }

  async drop(name: string): Promise<void> {
    await this.#ready();
    await this.#tables.drop(name);
  }

  async read(...[query, call]: Parameters<TableEngine['read']>): Promise<Uint8Array> {
    await this.#ready();
    return this.#tables.read(query, call);
  }

  close(): Promise<void> {
    return this.#tables.close();
  }

  async #ready(): Promise<void> {
    this.#prepared ??= this.#prepare();
    try {
      await this.#prepared;
    } catch (error) {
      this.#prepared = null;
      throw error;
    }
  }
}
