import type { JsonObject } from '../document/notebook-document.ts';
import { streamOutput } from '../outputs/stream-output.ts';
import { tableOutputs } from '../outputs/table-outputs.ts';
import { type WrittenColumn, writeTable } from './write-table.ts';

export interface Emitted {
  readonly kind: string;
  readonly text: string;
  readonly values: ArrayBuffer | null;
  readonly validity: ArrayBuffer | null;
}

/** What a script may have tampered with. */
type Told = Readonly<Record<string, unknown>>;

/** Deeper figures than this are none, and overflow the stack of whoever walks them. */
const DEEPEST = 100;

function depthOf(value: unknown, left: number): number {
  if (typeof value !== 'object' || value === null || left === 0) return 0;
  let deepest = 0;
  for (const item of Object.values(value)) deepest = Math.max(deepest, depthOf(item, left - 1));
  return deepest + 1;
}

function display(data: JsonObject): JsonObject {
  return { output_type: 'display_data', metadata: {}, data };
}

function plotOutput(text: string): JsonObject {
  const figure = JSON.parse(text) as JsonObject;
  if (depthOf(figure, DEEPEST) >= DEEPEST) throw new RangeError('The figure is nested too deeply.');
  const { data = [], layout = {} } = figure;
  const config = { responsive: true, displaylogo: false };
  return display({
    'application/vnd.plotly.v1+json': { config, data, layout },
    'text/plain': '[Chart]',
  });
}

/** Collects what a script shows, in its order, and the table that it defines. */
export class ScriptOutputs {
  readonly outputs: JsonObject[] = [];
  table: Uint8Array | undefined;
  #printed = '';
  #columns: WrittenColumn[] = [];
  #open = { rows: 0, defines: false };

  add({ kind, text, values, validity }: Emitted): void {
    if (kind === 'stdout') {
      this.#printed += text;
      return;
    }
    this.endPrint();
    if (kind === 'text') this.outputs.push(display({ 'text/plain': text }));
    else if (kind === 'html') {
      this.outputs.push(display({ 'text/html': text, 'text/plain': '[HTML]' }));
    } else if (kind === 'plot') this.outputs.push(plotOutput(text));
    else if (kind === 'table') this.#start(text);
    else if (kind === 'column') this.#column(text, values, validity);
    else if (kind === 'end') this.#end();
  }

  /** What was printed since the last output becomes one. */
  endPrint(): void {
    if (this.#printed === '') return;
    this.outputs.push(streamOutput(this.#printed.toWellFormed()));
    this.#printed = '';
  }

  #start(text: string): void {
    const { rows, defines } = JSON.parse(text) as Told;
    this.#open = { rows: Number(rows), defines: defines === true };
    this.#columns = [];
  }

  #column(text: string, values: ArrayBuffer | null, validity: ArrayBuffer | null): void {
    const { name, type, json } = JSON.parse(text) as Told;
    const parsed: unknown = typeof json === 'string' ? JSON.parse(json) : null;
    this.#columns.push({ name: String(name), type: String(type), values, validity, json: parsed });
  }

  #end(): void {
    const ipc = writeTable(this.#columns, this.#open.rows);
    this.#columns = [];
    this.outputs.push(...tableOutputs(ipc));
    if (this.#open.defines) this.table = ipc;
  }
}
