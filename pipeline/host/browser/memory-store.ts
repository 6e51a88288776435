import { AppError } from '../../contract/errors.ts';
import type { NotebookStore } from '../notebooks/notebook-store.ts';

const refuse = (): never => {
  throw new AppError('NOTEBOOK_PAGE_ALONE');
};

/** One notebook, kept for as long as its page is open. */
export function memoryStore(path: string, text: string): NotebookStore {
  let kept = text;
  let version = 1;
  return {
    list: async () => [],
    identify: async (asked) => ({ path: asked, linked: null }),
    read: async () => ({ bytes: new TextEncoder().encode(kept), version: String(version) }),
    version: async (asked) => (asked === path ? String(version) : null),
    write: async (_path, changed) => {
      kept = changed;
      version += 1;
      return String(version);
    },
    freePath: refuse,
    recovery: {
      keep: async () => {},
      read: async () => null,
      list: async () => [],
      drop: async () => {},
    },
  };
}
