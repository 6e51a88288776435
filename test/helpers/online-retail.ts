import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** One line of the file as it stands there, with the number of the line it is on. */
export interface InvoiceLine {
  readonly line: number;
  readonly invoice: string;
  readonly customer: string;
  readonly at: string;
  /** Quantity times price in ten-thousandths, exactly. */
  readonly amount: bigint;
  readonly quantity: bigint;
  readonly price: bigint;
}

function splitLine(text: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (quoted && character === '"' && text[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell];
}

/** A decimal as whole ten-thousandths. */
function tenThousandths(text: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  if (whole === '0' && !/^-?0(\.\d+)?$/.test(text)) throw new Error(`not a number: ${text}`);
  const value = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0'));
  return sign === '-' ? -value : value;
}

/** Reads the file line by line without any of our own code; the file has no line breaks inside quotes. */
export async function* invoiceLines(path: string): AsyncGenerator<InvoiceLine> {
  const input = createReadStream(path).pipe(createGunzip());
  let header: string[] | undefined;
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line++;
    const cells = splitLine(text);
    if (header === undefined) {
      header = cells;
      continue;
    }
    const names = header;
    const cell = (name: string): string => (cells[names.indexOf(name)] ?? '').trim();
    const quantity = BigInt(cell('Quantity'));
    const price = tenThousandths(cell('UnitPrice'));
    yield {
      line,
      invoice: cell('InvoiceNo'),
      customer: cell('CustomerID'),
      at: cell('InvoiceDate'),
      amount: quantity * price,
      quantity,
      price,
    };
  }
}
