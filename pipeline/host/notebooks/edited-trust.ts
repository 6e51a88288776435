import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import { runnableDigest } from '../../notebooks/document/runnable-digest.ts';
import type { NotebookTrust } from './notebook-store.ts';

/** What stood in the file for so long may be somewhere else, too, and stays trusted. */
const restMs = 10 * 60_000;

/** What is edited here stays trusted; of the versions on the way, which nobody has, only the last. */
export class EditedTrust {
  readonly #trust: NotebookTrust;
  readonly #now: () => Date;
  #last: { readonly digest: string; readonly at: number } | null = null;

  constructor(trust: NotebookTrust, now: () => Date) {
    this.#trust = trust;
    this.#now = now;
  }

  /** Never throws: what cannot be noted is asked for again when the notebook is opened next. */
  async note(document: NotebookDocument): Promise<void> {
    try {
      const digest = await runnableDigest(document);
      if (await this.#trust.isTrusted(digest)) return;
      const before = this.#last;
      const at = this.#now().getTime();
      this.#last = { digest, at };
      const passed = before !== null && at - before.at < restMs ? before.digest : null;
      await this.#trust.trust(digest, passed);
    } catch {
      // See above.
    }
  }
}
