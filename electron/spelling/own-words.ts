import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { plainWord } from './domain-words.ts';

/** More would be no list that somebody made word by word; the oldest go first. */
const MOST = 5000;
const LONGEST = 64;

const isWord = (line: string): boolean =>
  line.length <= LONGEST && /^\p{L}[\p{L}\p{M}'’-]*$/u.test(line);

/** The words that a user added: a text file, a word on each line, which may be edited by hand. */
export class OwnWords {
  readonly #path: string;
  readonly #log: (line: string) => void;
  #words: ReadonlyMap<string, string> | null = null;

  constructor(path: string, log: (line: string) => void) {
    this.#path = path;
    this.#log = log;
  }

  has(word: string): boolean {
    this.#words ??= this.#read();
    return this.#words.has(plainWord(word));
  }

  add(word: string): void {
    const bare = word.replace(/['’]s$/, '');
    if (!isWord(bare)) return;
    // What somebody wrote into the file meanwhile stays there; what could not be written is known all the same.
    const words = [...(this.#words ?? []), ...this.#read(), [plainWord(bare), bare] as const];
    this.#words = new Map([...new Map(words)].slice(-MOST));
    this.#write([...this.#words.values()]);
  }

  #read(): ReadonlyMap<string, string> {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch {
      // There is none before the first word.
      return new Map();
    }
    const lines = text.split('\n').map((line) => line.trim());
    const words = lines.filter(isWord).map((line) => [plainWord(line), line] as const);
    return new Map(words.slice(-MOST));
  }

  #write(words: readonly string[]): void {
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(`${this.#path}.new`, words.map((word) => `${word}\n`).join(''));
      renameSync(`${this.#path}.new`, this.#path);
    } catch (error) {
      this.#log(`the user's dictionary was not written: ${String(error)}`);
    }
  }
}
