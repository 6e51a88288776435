import {
  bool,
  dateDay,
  decimal128,
  dictionary,
  float64,
  int32,
  int64,
  list,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  timestamp,
  TimeUnit,
  utf8,
} from '@uwdata/flechette';
import type { ScriptInput, ScriptRunner } from '../../../pipeline/notebooks/session/ports.ts';

export function ipcOf(table: ReturnType<typeof tableFromArrays>): Uint8Array {
  return tableToIPC(table, { format: 'stream' }) ?? new Uint8Array();
}

/** A column of each type, with and without missing values. */
export function sampleTable(): Uint8Array {
  const days = [new Date('2024-02-29T00:00:00Z'), null, new Date('1969-12-31T00:00:00Z')];
  return ipcOf(
    tableFromArrays(
      {
        whole: [1, 2, 3],
        gap: [1, null, 3],
        id: [1n, 2n, 3n],
        huge: [2n ** 60n, 2n, 3n],
        price: [1.5, null, -0.25],
        money: [1.25, 2.5, -0.01],
        name: ['x', null, 'ü'],
        kind: ['a', 'b', 'a'],
        yes: [true, null, false],
        day: days,
        at: days,
        list: [[1, 2], [], [3]],
      },
      {
        types: {
          whole: int32(),
          gap: int32(),
          id: int64(),
          huge: int64(),
          price: float64(),
          money: decimal128(12, 2),
          name: utf8(),
          kind: dictionary(utf8()),
          yes: bool(),
          day: dateDay(),
          at: timestamp(TimeUnit.MICROSECOND),
          list: list(int32()),
        },
        useBigInt: true,
      },
    ),
  );
}

/** What a script comes to, as text that two platforms can be compared by. */
export async function outcome(
  runner: ScriptRunner,
  code: string,
  more: Partial<ScriptInput> = {},
): Promise<string> {
  const script = {
    code,
    values: { k: 5, label: "it's" },
    tables: { sample: sampleTable() },
    ...more,
  };
  try {
    const { outputs, table } = await runner.run(script);
    const rows = table === undefined ? null : tableFromIPC(table, { useBigInt: true }).toArray();
    return JSON.stringify({ outputs, rows }, (_, value: unknown) => {
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    });
  } catch (error) {
    const { code: known, message } = error as { code?: string; message: string };
    return `${known ?? 'Error'}: ${message}`;
  }
}

/** Scripts whose result is the same on every platform. */
export const scripts: readonly string[] = [
  'sample.columns.map((name) => [name, sample.column(name)])',
  'sample',
  'sample.toArray(2)',
  '[Math.random(), Math.sin(1e6), Math.exp(0.1), Math.pow(1.1, 100.5)]',
  'new Date(2024, 5, 1, 12).toISOString() + new Date("2024-06-01T00:00").toISOString() + new Date(0).getHours()',
  'console.log("a", [1, { b: 2n }]); html("<b>x</b>"); plot({ data: [{ y: new Float64Array([1, NaN]) }], layout: { title: "t" } }); label + k',
  '["ä", "z", "Z", "a"].sort().concat(["ä", "a", "z"].sort((a, b) => a.localeCompare(b)), (1234.5).toLocaleString())',
  'function deep() { deep() } deep()',
  'throw new Error("no")',
];
