import { QuoteState } from './quote-state.ts';

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** The delimiter that DuckDB's reader is given starts with this byte. */
const READER_MARK = 1;

/**
 * Looks over a file's lines while its bytes pass: whether DuckDB's line reader would keep every one of them.
 * That reader drops blank lines, refuses mixed line ends and long lines, and knows no quoted line breaks here.
 */
export class LineSurvey {
  lines = 0;
  plain = true;
  #length = 0;
  #lastByte = 0;
  #crlf: boolean | undefined;
  readonly #quotes: QuoteState | undefined;
  readonly #longest: number;

  /** With a delimiter the lines are CSV, whose quoted fields may go on in the next line. */
  constructor(options: { delimiter: string | undefined; longest: number }) {
    const { delimiter, longest } = options;
    this.#quotes = delimiter === undefined ? undefined : new QuoteState(delimiter.charCodeAt(0));
    this.#longest = longest;
  }

  add(chunk: Uint8Array): void {
    if (!this.plain || chunk.length === 0) return;
    if (this.#hasLoneCarriage(chunk) || chunk.includes(READER_MARK)) this.plain = false;
    let from = 0;
    let quote = this.#quotes === undefined ? -1 : chunk.indexOf(QUOTE);
    while (this.plain) {
      const end = chunk.indexOf(LF, from);
      const to = end === -1 ? chunk.length : end;
      while (quote !== -1 && quote < to) {
        const before = quote > from ? chunk[quote - 1] : this.#lastByte;
        this.#quotes?.quote(this.#length + quote - from, before ?? 0);
        quote = chunk.indexOf(QUOTE, quote + 1);
      }
      this.#length += to - from;
      if (to > from) this.#lastByte = chunk[to - 1] ?? 0;
      if (end === -1) return;
      this.#endLine(true);
      from = end + 1;
    }
  }

  #hasLoneCarriage(chunk: Uint8Array): boolean {
    if (this.#lastByte === CR && chunk[0] !== LF) return true;
    let at = chunk.indexOf(CR);
    while (at !== -1 && at + 1 < chunk.length) {
      if (chunk[at + 1] !== LF) return true;
      at = chunk.indexOf(CR, at + 1);
    }
    return false;
  }

  /** Call once after the last chunk. */
  finish(): void {
    if (this.#length > 0) {
      if (this.#lastByte === CR) this.plain = false;
      this.#endLine(false);
    }
  }

  #endLine(terminated: boolean): void {
    this.lines++;
    const crlf = this.#lastByte === CR;
    if (terminated) {
      this.#crlf ??= crlf;
      if (crlf !== this.#crlf) this.plain = false;
    }
    const blank = this.#length === 0 || (crlf && this.#length === 1);
    if (blank || this.#length > this.#longest) this.plain = false;
    if (this.#quotes?.endLine() === 'within') this.plain = false;
    this.#length = 0;
    this.#lastByte = 0;
  }
}
