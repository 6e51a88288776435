import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { AppError } from '../../../pipeline/contract/errors.ts';
import type {
  Call,
  CellResult,
  PanelRunner,
  ScriptInput,
  ScriptRunner,
  TableEngine,
  TableShape,
} from '../../../pipeline/notebooks/session/ports.ts';

const shape: TableShape = { rows: 1, columns: [{ name: 'v', type: 'DOUBLE' }] };

function ipcOf(value: number): Uint8Array {
  return tableToIPC(tableFromArrays({ v: [value] }), { format: 'stream' }) ?? new Uint8Array();
}

/** Tables of one number each: `select 3 + 4 from a, b` is 7 and what a and b hold; `broken` fails. */
export class SumEngine implements TableEngine {
  readonly tables = new Map<string, number>();
  /** What was made, in order. */
  readonly made: string[] = [];
  /** What the workspace's table holds. */
  data = 1;
  generation = 0;
  /** How many turns of the event loop a statement takes. */
  turns = 0;
  running = 0;
  most = 0;

  async tableNames(sql: string): Promise<string[]> {
    await Promise.resolve();
    const [, list] = /\bfrom (.+)$/.exec(sql) ?? [];
    return list === undefined ? [] : list.split(',').map((name) => name.trim());
  }

  async create(
    { name, sql }: { readonly name: string; readonly sql: string },
    call: Call = {},
  ): Promise<TableShape> {
    const { generation } = this;
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    try {
      await this.#work(call);
      if (generation !== this.generation) throw new AppError('SQL_INVALID', { problem: 'gone' });
      const value = await this.#valueOf(sql);
      this.tables.set(name.toLowerCase(), value);
      this.made.push(`${name} = ${value}`);
      return shape;
    } finally {
      this.running -= 1;
    }
  }

  async insert({ name }: { readonly name: string }, call: Call = {}): Promise<TableShape> {
    await this.#work(call);
    this.tables.set(name.toLowerCase(), 0);
    return shape;
  }

  async drop(name: string): Promise<void> {
    await Promise.resolve();
    this.tables.delete(name.toLowerCase());
  }

  async read({ sql }: { readonly sql: string }, call: Call = {}): Promise<Uint8Array> {
    await this.#work({ ...call }, 0);
    const [, name = ''] = /from "([^"]+)"/.exec(sql) ?? [];
    return ipcOf(this.#hold(name));
  }

  async close(): Promise<void> {}

  /** The process died: its tables are gone. */
  die(): void {
    this.tables.clear();
    this.generation += 1;
  }

  #hold(name: string): number {
    const value = name === 'silver.sales' ? this.data : this.tables.get(name.toLowerCase());
    if (value === undefined) throw new AppError('SQL_INVALID', { problem: `no table ${name}` });
    return value;
  }

  async #valueOf(sql: string): Promise<number> {
    if (sql.includes('broken')) throw new AppError('SQL_INVALID', { problem: 'it is broken' });
    const [, own = '', list] = /^select (.*?)(?: from (.+))?$/s.exec(sql) ?? [];
    const names = list === undefined ? [] : list.split(',').map((name) => name.trim());
    return (
      [...own.matchAll(/\d+/g)].reduce((sum, [digits]) => sum + Number(digits), 0) +
      names.reduce((sum, name) => sum + this.#hold(name), 0)
    );
  }

  async #work({ signal }: Call, turns = this.turns): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The query' });
    }
    await Promise.resolve();
    if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The query' });
  }
}

export class EchoPanels implements PanelRunner {
  runs = 0;

  async run({ kind, parameters }: Parameters<PanelRunner['run']>[0]): Promise<CellResult> {
    this.runs += 1;
    await Promise.resolve();
    const text = `${kind} ${JSON.stringify(parameters)}`;
    return { outputs: [{ output_type: 'stream', name: 'stdout', text }] };
  }
}

export class EchoScripts implements ScriptRunner {
  readonly asked: ScriptInput[] = [];

  async run(script: ScriptInput): Promise<CellResult> {
    this.asked.push(script);
    await Promise.resolve();
    const text = JSON.stringify([script.values, Object.keys(script.tables)]);
    return { outputs: [{ output_type: 'stream', name: 'stdout', text }] };
  }

  async close(): Promise<void> {}
}
