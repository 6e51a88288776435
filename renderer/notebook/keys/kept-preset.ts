import type { PresetName } from './key-presets.ts';

const key = 'strata.notebook-keys';

/** The preset that this browser keeps; a browser may refuse to keep anything, or to hand its storage out. */
export function keptPreset(storage: () => Pick<Storage, 'getItem'>): PresetName {
  try {
    return storage().getItem(key) === 'vscode' ? 'vscode' : 'jupyter';
  } catch {
    return 'jupyter';
  }
}

export function keepPreset(storage: () => Pick<Storage, 'setItem'>, preset: PresetName): void {
  try {
    storage().setItem(key, preset);
  } catch {
    // It holds until the page is reloaded.
  }
}
