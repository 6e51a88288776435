import { tableFromIPC, Type } from '@uwdata/flechette';
import { decimalTexts, numberTexts } from './number-texts.ts';
import { typeText } from './type-text.ts';
import { type ArrowType, valueText } from './value-text.ts';

/** The first rows of a table as a person reads them. */
export interface TextTable {
  readonly columns: readonly TextColumn[];
  /** Rows and columns of the whole table. */
  readonly size: { readonly rows: number; readonly columns: number };
}

export interface TextColumn {
  readonly name: string;
  readonly type: string;
  readonly numeric: boolean;
  readonly values: readonly (string | null)[];
}

const shownRows = 20;
const shownColumns = 60;
const longestText = 300;

function isNumber(type: ArrowType): boolean {
  return type.typeId === Type.Int || type.typeId === Type.Float || type.typeId === Type.Decimal;
}

function shortened(text: string | null): string | null {
  if (text === null || text.length <= longestText) return text;
  return `${text
    .slice(0, longestText - 1)
    .toWellFormed()
    .trimEnd()}…`;
}

function texts(values: readonly unknown[], type: ArrowType): readonly (string | null)[] {
  if (type.typeId === Type.Float) {
    const numbers = values.map((value) => (typeof value === 'number' ? value : null));
    return numberTexts(numbers, type.precision < 2 ? 7 : 12);
  }
  const found = values.map((value) => shortened(valueText(value, type)));
  return type.typeId === Type.Decimal ? decimalTexts(found) : found;
}

/** Reads no more of an Arrow IPC stream than is shown: 20 rows, 60 columns, 300 characters a value. */
export function readTextTable(ipc: Uint8Array, total?: number): TextTable {
  const table = tableFromIPC(ipc, {
    useBigInt: true,
    useBigIntTimestamp: true,
    useDecimalInt: true,
  });
  const { fields } = table.schema;
  const count = Math.min(shownRows, table.numRows);
  return {
    columns: fields.slice(0, shownColumns).map(({ name, type }, at) => {
      const column = table.getChildAt(at);
      const values = Array.from({ length: count }, (_, row) => column.at(row) as unknown);
      const shown = texts(values, type);
      return { name, type: typeText(type), numeric: isNumber(type), values: shown };
    }),
    size: { rows: total ?? table.numRows, columns: fields.length },
  };
}
