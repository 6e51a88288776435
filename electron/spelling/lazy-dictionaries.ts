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

/** The process with the dictionaries: there while words are typed. Where nobody answers, a word is right. */
export class LazyDictionaries {
  readonly #effects: ProcessEffects;
  readonly #waiting = new Map<number, (words: readonly string[]) => void>();
  #process: DictionaryProcess | null = null;
  #idle: NodeJS.Timeout | undefined;
  #crashes = 0;
  #asked = 0;

  constructor(effects: ProcessEffects) {
    this.#effects = effects;
  }

  ask(question: SpellingQuestion): Promise<readonly string[]> {
    if (this.#crashes === CRASHES) return Promise.resolve([]);
    this.#process ??= this.#start();
    this.#asked += 1;
    const message: ToDictionaries = { id: this.#asked, question };
    const answer = new Promise<readonly string[]>((resolve) => {
      this.#waiting.set(message.id, resolve);
    });
    this.#process.send(message);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
    return answer;
  }

  #start(): DictionaryProcess {
    const started = this.#effects.fork();
    started.onMessage(({ id, words }) => {
      this.#waiting.get(id)?.(words);
      this.#waiting.delete(id);
    });
    started.onExit(() => {
      if (this.#process !== started) return;
      this.#crashes += 1;
      this.#effects.log('the process that checks the spelling ended');
      this.#end();
    });
    return started;
  }

  #end(): void {
    clearTimeout(this.#idle);
    const ended = this.#process;
    this.#process = null;
    ended?.kill();
    for (const resolve of this.#waiting.values()) resolve([]);
    this.#waiting.clear();
  }
}
