/** A record's bytes as they stand in the file, without the line end, and where it starts. */
export interface FileRecord {
  readonly position: number;
  readonly bytes: Uint8Array;
}

/** Takes a file's bytes piece by piece and gives its records; `finish` gives what is left. */
export interface RecordSplitter {
  push(chunk: Uint8Array): FileRecord[];
  finish(): FileRecord[];
  /** The position that the next record would have. */
  readonly next: number;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** A quoted field that runs on longer than this was never meant to be one: its line is a record of its own. */
const LONGEST_QUOTED = 1 << 20;

function join(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  const whole = new Uint8Array(left.length + right.length);
  whole.set(left);
  whole.set(right, left.length);
  return whole;
}

const withoutCarriage = (bytes: Uint8Array): Uint8Array =>
  bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;

/** Lines, or with a delimiter CSV records, whose quoted fields may hold line breaks. Positions are line numbers from 1. */
export class LineSplitter implements RecordSplitter {
  #rest: Uint8Array = new Uint8Array();
  #line: number;
  readonly #delimiter: number | undefined;

  constructor(options: { delimiter?: string; firstLine?: number } = {}) {
    this.#delimiter = options.delimiter?.charCodeAt(0);
    this.#line = options.firstLine ?? 1;
  }

  get next(): number {
    return this.#line;
  }

  push(chunk: Uint8Array): FileRecord[] {
    return this.#split(join(this.#rest, chunk), false);
  }

  finish(): FileRecord[] {
    return this.#split(this.#rest, true);
  }

  #split(bytes: Uint8Array, last: boolean): FileRecord[] {
    const records: FileRecord[] = [];
    let from = 0;
    // Kept from line to line: looking for it anew from each would read the rest of the chunk each time.
    let quote = this.#nextQuote(bytes, 0);
    while (from < bytes.length) {
      if (quote !== -1 && quote < from) quote = this.#nextQuote(bytes, from);
      const end = this.#recordEnd(bytes, { from, quote, last });
      if (end === -1) break;
      const record = bytes.subarray(from, end);
      records.push({ position: this.#line, bytes: withoutCarriage(record) });
      this.#line += 1 + countLineFeeds(record);
      from = end + 1;
    }
    this.#rest = bytes.slice(from);
    return records;
  }

  #nextQuote(bytes: Uint8Array, from: number): number {
    return this.#delimiter === undefined ? -1 : bytes.indexOf(QUOTE, from);
  }

  /** The index of the line feed that ends the record, the length at the end of the file, -1 where more is needed. */
  #recordEnd(bytes: Uint8Array, at: { from: number; quote: number; last: boolean }): number {
    const { from, quote, last } = at;
    const lineEnd = bytes.indexOf(LF, from);
    const simple = lineEnd === -1 ? (last ? bytes.length : -1) : lineEnd;
    if (quote === -1 || (lineEnd !== -1 && quote > lineEnd)) return simple;
    const end = quotedEnd(bytes, from, this.#delimiter ?? 0);
    switch (end) {
      case 'outside':
        return last ? bytes.length : -1;
      case 'within':
        return last ? simple : -1;
      case 'unclosed':
        return simple;
      default:
        return end;
    }
  }
}

function countLineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

/**
 * The line feed outside quotes, or how the bytes end: outside quotes, within them, or in a quoted field that was
 * never closed. How the bytes were cut into chunks does not change the answer.
 */
function quotedEnd(
  bytes: Uint8Array,
  from: number,
  delimiter: number,
): number | 'outside' | 'within' | 'unclosed' {
  let atFieldStart = true;
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE && atFieldStart) {
      const close = closingQuote(bytes.subarray(0, i + LONGEST_QUOTED), i + 1);
      if (close === -1) return bytes.length < i + LONGEST_QUOTED ? 'within' : 'unclosed';
      i = close;
      atFieldStart = false;
    } else if (byte === LF) return i;
    else atFieldStart = byte === delimiter;
  }
  return 'outside';
}

function closingQuote(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(QUOTE, from);
  while (at !== -1 && bytes[at + 1] === QUOTE) at = bytes.indexOf(QUOTE, at + 2);
  return at;
}
