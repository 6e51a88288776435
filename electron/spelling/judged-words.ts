/** More than an editor shows; the oldest go first. */
const MOST = 10_000;

/** What the answers that came in say of words. One that was not judged yet counts as right. */
export class JudgedWords {
  readonly #isRight = new Map<string, boolean>();

  misspelt(words: readonly string[]): string[] {
    return words.filter((word) => this.#isRight.get(word) === false);
  }

  /** Those to ask about: first the unknown ones, then the wrong ones, as somebody may have added them since. */
  open(words: Iterable<string>): string[] {
    const distinct = [...new Set(words)];
    const unknown = distinct.filter((word) => !this.#isRight.has(word));
    return [...unknown, ...this.misspelt(distinct)];
  }

  /** Keeps an answer; whether a mark has to come or to go for it. */
  take(asked: readonly string[], misspelt: readonly string[]): boolean {
    const wrong = new Set(misspelt);
    const changed = asked.filter((word) => (this.#isRight.get(word) ?? true) === wrong.has(word));
    for (const word of asked) {
      this.#isRight.delete(word);
      this.#isRight.set(word, !wrong.has(word));
    }
    for (const oldest of this.#isRight.keys()) {
      if (this.#isRight.size <= MOST) break;
      this.#isRight.delete(oldest);
    }
    return changed.length > 0;
  }
}
