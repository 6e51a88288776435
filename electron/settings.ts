import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WindowState } from './window-state.ts';

const RECENTS = 10;

interface Kept {
  readonly recents: readonly string[];
  readonly windows: Readonly<Record<string, WindowState>>;
  /** Where updates are looked for; none until somebody sets one. */
  readonly updateFeed: string | null;
}

const nothing: Kept = { recents: [], windows: {}, updateFeed: null };

function isNumbers(value: object, names: readonly string[]): boolean {
  const record = value as Record<string, unknown>;
  return names.every((name) => Number.isFinite(record[name]));
}

function isWindowState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null) return false;
  const { bounds, maximized, zoom } = value as Record<string, unknown>;
  if (typeof bounds !== 'object' || bounds === null) return false;
  return (
    isNumbers(bounds, ['x', 'y', 'width', 'height']) &&
    typeof maximized === 'boolean' &&
    Number.isFinite(zoom)
  );
}

/** What is there and makes sense; a damaged file costs a window its place, never the start. */
function parse(text: string): Kept {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return nothing;
  }
  if (typeof json !== 'object' || json === null) return nothing;
  const { recents, windows, updateFeed } = json as Record<string, unknown>;
  return {
    recents: Array.isArray(recents) ? recents.filter((one) => typeof one === 'string') : [],
    windows: Object.fromEntries(
      Object.entries(windows ?? {}).filter((entry): entry is [string, WindowState] =>
        isWindowState(entry[1]),
      ),
    ),
    updateFeed: typeof updateFeed === 'string' && updateFeed !== '' ? updateFeed : null,
  };
}

/** The application's own small memory, apart from any workspace. */
export class Settings {
  readonly #path: string;
  #kept: Kept;

  constructor(path: string) {
    this.#path = path;
    let text = '{}';
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      // There is none before the first window.
    }
    this.#kept = parse(text);
  }

  get recents(): readonly string[] {
    return this.#kept.recents;
  }

  get updateFeed(): string | null {
    return this.#kept.updateFeed;
  }

  windowState(folder: string): WindowState | null {
    return Object.hasOwn(this.#kept.windows, folder) ? (this.#kept.windows[folder] ?? null) : null;
  }

  addRecent(folder: string): void {
    const others = this.#kept.recents.filter((one) => one !== folder);
    this.#keep({ recents: [folder, ...others].slice(0, RECENTS) });
  }

  dropRecent(folder: string): void {
    this.#keep({ recents: this.#kept.recents.filter((one) => one !== folder) });
  }

  clearRecents(): void {
    this.#keep({ recents: [] });
  }

  keepWindow(folder: string, state: WindowState): void {
    this.#keep({ windows: { ...this.#kept.windows, [folder]: state } });
  }

  #keep(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.#kept, null, 2)}\n`);
      renameSync(`${this.#path}.new`, this.#path);
    } catch (error) {
      // A full disk must not keep anybody from working.
      process.stderr.write(`The application's settings were not kept: ${String(error)}\n`);
    }
  }
}
