import type { HelperProcess } from '../compat.ts';
import type { FromDictionaries, SpellingQuestion, ToDictionaries } from './spelling-messages.ts';

type DictionaryProcess = HelperProcess<ToDictionaries, FromDictionaries>;

interface ProcessEffects {
  readonly fork: () => DictionaryProcess;
  readonly log: (line: string) => void;
}

/** A process that ended this often by itself would only end again. */
const CRASHES = 3;

/** So long is it kept while nobody asks; to start it again takes half a second. */
const IDLE_MS = 300_000;

/** A process that has questions and says nothing for so long hangs. */
const PATIENCE_MS = 10_000;

/** The process with the dictionaries: there while words are typed. */
export class LazyDictionaries {
  readonly #effects: ProcessEffects;
  readonly #waiting = new Map<number, (words: readonly string[] | null) => void>();
  #process: DictionaryProcess | null = null;
  #idle: NodeJS.Timeout | undefined;
  #silence: NodeJS.Timeout | undefined;
  #crashes = 0;
  #asked = 0;

  constructor(effects: ProcessEffects) {
    this.#effects = effects;
  }

  /** Null where there is no answer. */
  ask(question: SpellingQuestion): Promise<readonly string[] | null> {
    if (this.#crashes === CRASHES) return Promise.resolve(null);
    this.#process ??= this.#start();
    this.#asked += 1;
    const message: ToDictionaries = { id: this.#asked, question };
    const answer = new Promise<readonly string[] | null>((resolve) => {
      this.#waiting.set(message.id, resolve);
    });
    this.#process.send(message);
    this.#silence ??= this.#listenFor();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
    return answer;
  }

  #start(): DictionaryProcess {
    const started = this.#effects.fork();
    started.onMessage(({ id, words }) => {
      this.#waiting.get(id)?.(words);
      this.#waiting.delete(id);
      clearTimeout(this.#silence);
      this.#silence = this.#waiting.size === 0 ? undefined : this.#listenFor();
    });
    started.onExit(() => {
      if (this.#process === started) this.#fail('ended');
    });
    return started;
  }

  #listenFor(): NodeJS.Timeout {
    return setTimeout(() => this.#fail('hangs'), PATIENCE_MS).unref();
  }

  #fail(how: string): void {
    this.#crashes += 1;
    this.#effects.log(`the process that checks the spelling ${how}`);
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#silence);
    this.#silence = undefined;
    const ended = this.#process;
    this.#process = null;
    ended?.kill();
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}
