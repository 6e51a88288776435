import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from '@uwdata/flechette';
import {
  openOwnerSql,
  type OwnerSql,
  type OwnerSqlOptions,
} from '../../../pipeline/engine/native/owner-sql/owner-sql.ts';

export const SECRET = 'kept-from-the-owner';

interface RunOptions {
  limit?: number;
  signal?: AbortSignal;
}

function hash(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** A workspace with a small warehouse, a folder outside of it, and the owner's SQL. */
export class OwnerFixture {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'strata-owner-')));
  readonly workspace = join(this.root, 'workspace');
  readonly outside = join(this.root, 'outside');
  readonly warehouse = join(this.workspace, 'warehouse.duckdb');
  owner: OwnerSql = this.#open();

  static async make(): Promise<OwnerFixture> {
    const fixture = new OwnerFixture();
    mkdirSync(join(fixture.workspace, 'files'), { recursive: true });
    mkdirSync(fixture.outside);
    writeFileSync(join(fixture.outside, 'secret.csv'), `a,b\n${SECRET},2\n`);
    await fixture.write(
      'create schema raw; create table raw.records as select range i from range(3)',
      "create schema silver; create table silver.transactions as select range id, 'grocery' category, (range + 0.5)::decimal(18,4) amount from range(100)",
      'create schema features; create table features.customer_features as select 1 id',
      'create schema gold; create view gold.totals as select sum(amount) total from silver.transactions',
      'create schema ops; create table ops.runs as select 1 id',
    );
    return fixture;
  }

  async dispose(): Promise<void> {
    await this.owner.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Closes the owner's SQL and opens it anew. */
  async reopen(options: Partial<OwnerSqlOptions> = {}): Promise<void> {
    await this.owner.close();
    this.owner = this.#open(options);
  }

  async write(...statements: string[]): Promise<void> {
    const instance = await DuckDBInstance.create(this.warehouse);
    const connection = await instance.connect();
    for (const sql of statements) await connection.run(sql);
    connection.closeSync();
    instance.closeSync();
  }

  async rows(sql: string, options?: RunOptions): Promise<Record<string, unknown>[]> {
    const found: Uint8Array[] = [];
    for await (const piece of this.owner.run(sql, options)) found.push(piece);
    return tableFromIPC(Buffer.concat(found)).toArray();
  }

  /** The code of the error, or what was let through. */
  async code(sql: string, options?: RunOptions): Promise<string> {
    try {
      return `allowed: ${JSON.stringify(await this.rows(sql, options))}`;
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  }

  /** Everything an attack must leave alone: the warehouse's bytes and the folder outside. */
  untouched(): Record<string, string> {
    const own = readdirSync(this.workspace).filter((name) => name.startsWith('warehouse'));
    return Object.fromEntries([
      ...readdirSync(this.outside).map((name) => [name, hash(join(this.outside, name))]),
      ...own.map((name) => [name, hash(join(this.workspace, name))]),
    ]);
  }

  #open(options: Partial<OwnerSqlOptions> = {}): OwnerSql {
    const { workspace, warehouse } = this;
    return openOwnerSql({ workspace, warehouse, memoryLimit: '300MB', ...options });
  }
}
