import { readFileSync } from 'node:fs';
import { isMissing, writeWhole } from '../write-whole.ts';
import { plainWord } from './domain-words.ts';

/** More would be no list that somebody made word by word; the oldest go first. */
const MOST = 5000;
const LONGEST = 64;

const isWord = (line: string): boolean =>
  line.length <= LONGEST && /^\p{L}[\p{L}\p{M}'’-]*$/u.test(line);

/** What else stands in the file is kept as it is, under a key that no word has. */
const keyOf = (line: string): string => (isWord(line) ? plainWord(line) : `\n${line}`);

function newest(lines: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const words = [...lines].filter(([, line]) => isWord(line));
  const old = new Set(words.slice(0, Math.max(words.length - MOST, 0)).map(([key]) => key));
  return new Map([...lines].filter(([key]) => !old.has(key)));
}

/** The words that a user added: a text file, a word on each line, which may be edited by hand. */
export class OwnWords {
  readonly #path: string;
  readonly #log: (line: string) => void;
  #lines: ReadonlyMap<string, string> | null = null;

  constructor(path: string, log: (line: string) => void) {
    this.#path = path;
    this.#log = log;
  }

  has(word: string): boolean {
    this.#lines ??= this.#read() ?? new Map();
    return this.#lines.has(plainWord(word));
  }

  add(word: string): void {
    const bare = word.replace(/['’]s$/, '');
    if (!isWord(bare)) return;
    // What somebody wrote into the file meanwhile stays there; what could not be written is known all the same.
    const found = this.#read();
    const lines = [...(this.#lines ?? []), ...(found ?? []), [plainWord(bare), bare] as const];
    this.#lines = newest(new Map(lines));
    if (found !== null) this.#write([...this.#lines.values()]);
  }

  /** Null where there is a file that cannot be read, which is then left alone. */
  #read(): ReadonlyMap<string, string> | null {
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(this.#path));
    } catch (error) {
      if (isMissing(error)) return new Map();
      this.#log(`the user's dictionary ${this.#path} was not read: ${String(error)}`);
      return null;
    }
    const lines = text.split('\n').map((line) => line.trim());
    return newest(
      new Map(lines.filter((line) => line !== '').map((line) => [keyOf(line), line] as const)),
    );
  }

  #write(lines: readonly string[]): void {
    try {
      writeWhole(this.#path, lines.map((line) => `${line}\n`).join(''));
    } catch (error) {
      this.#log(`the user's dictionary was not written: ${String(error)}`);
    }
  }
}
