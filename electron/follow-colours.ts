import { nativeTheme } from 'electron';
import type { Colours } from '../pipeline/contract/shell.ts';

const sources = { light: 'light', dark: 'dark', auto: 'system' } as const satisfies Record<
  Colours,
  typeof nativeTheme.themeSource
>;

/** What the system draws for us takes the colours that a page says; of another value nothing follows. */
export function followColours(colours: unknown): void {
  if (typeof colours !== 'string' || !Object.hasOwn(sources, colours)) return;
  nativeTheme.themeSource = sources[colours as Colours];
}
