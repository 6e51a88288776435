import type { FileRecord, RecordSplitter } from './split-records.ts';

const code = (character: string): number => character.charCodeAt(0);
const OPEN = new Set([code('{'), code('[')]);
const CLOSE = new Set([code('}'), code(']')]);
const SPACE = new Set([9, 10, 13, 32]);
const QUOTE = code('"');
const BACKSLASH = code('\\');
const COMMA = code(',');
const BRACKET = code('[');
const BRACKET_END = code(']');

/**
 * The values of a JSON file: the elements of one array, or values one after another. Positions count from 1.
 * It looks at brackets and strings only; whether a value is good JSON is for the one who reads it.
 */
export class JsonSplitter implements RecordSplitter {
  readonly #parts: Uint8Array[] = [];
  #count = 0;
  #depth = 0;
  #inValue = false;
  #inString = false;
  #escaped = false;
  #inArray = false;
  #started = false;

  get next(): number {
    return this.#count + 1;
  }

  push(chunk: Uint8Array): FileRecord[] {
    const records: FileRecord[] = [];
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (!this.#inValue) {
        if (this.#between(byte)) continue;
        this.#inValue = true;
        from = i;
      }
      const ends = this.#step(byte);
      if (ends === 'no') continue;
      const empty = i === from && this.#parts.length === 0;
      // A closing bracket that nothing opened is a (malformed) record of its own.
      records.push(this.#take(chunk.subarray(from, ends === 'with' || empty ? i + 1 : i)));
      if (byte === BRACKET_END && ends === 'before' && !empty) this.#inArray = false;
    }
    if (this.#inValue) this.#parts.push(chunk.slice(from));
    return records;
  }

  finish(): FileRecord[] {
    return this.#inValue ? [this.#take(new Uint8Array())] : [];
  }

  #between(byte: number): boolean {
    if (SPACE.has(byte) || byte === COMMA) return true;
    if (byte === BRACKET && !this.#started) {
      this.#started = true;
      this.#inArray = true;
      return true;
    }
    this.#started = true;
    if (byte !== BRACKET_END || !this.#inArray) return false;
    this.#inArray = false;
    return true;
  }

  /** Whether the value ends with this byte, before it, or not yet. */
  #step(byte: number): 'no' | 'with' | 'before' {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        return this.#depth === 0 ? 'with' : 'no';
      }
      return 'no';
    }
    if (byte === QUOTE) this.#inString = true;
    else if (OPEN.has(byte)) this.#depth++;
    else if (CLOSE.has(byte)) {
      if (this.#depth === 0) return 'before';
      this.#depth--;
      if (this.#depth === 0) return 'with';
    } else if (this.#depth === 0 && (byte === COMMA || SPACE.has(byte))) return 'before';
    return 'no';
  }

  #take(end: Uint8Array): FileRecord {
    const parts = [...this.#parts.splice(0), end];
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#inValue = false;
    this.#depth = 0;
    return { position: ++this.#count, bytes };
  }
}
