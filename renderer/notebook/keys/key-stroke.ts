import type { KeyBinding, KeyCommand } from './key-presets.ts';

/** The part of a keyboard event that says which key it was. */
export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly code?: string;
}

/** `Shift+-` arrives as `_`, `Alt+J` on a Mac as `∆`; the key itself is meant. */
function bareKey({ key, code = '' }: Stroke): string {
  if (code === 'Minus' || key === '_') return '-';
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined && key.length === 1 && !/^[a-z]$/i.test(key))
    return letter.toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}

/** A key as bindings spell it, in the order Mod, Alt, Shift: `Shift+Enter`, `d`, `Mod+Shift+Z`. */
export function strokeName(stroke: Stroke): string {
  const key = bareKey(stroke);
  const parts = [
    stroke.ctrlKey || stroke.metaKey ? 'Mod' : '',
    stroke.altKey ? 'Alt' : '',
    stroke.shiftKey ? 'Shift' : '',
    stroke.shiftKey && key.length === 1 ? key.toUpperCase() : key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** Bindings say `Ctrl` where a Mac has Ctrl too; both arrive as `Mod`. */
function asStroke(key: string): string {
  return key.replace('Ctrl+', 'Mod+');
}

export type Met =
  | { readonly kind: 'command'; readonly command: KeyCommand }
  /** The first key of two. */
  | { readonly kind: 'begun'; readonly keys: string }
  | { readonly kind: 'none' };

/** What a key means in a mode, after the keys before it (`begun`, empty where none wait for another). */
export function meetKey(
  bindings: readonly KeyBinding[],
  {
    mode,
    begun,
    stroke,
  }: { readonly mode: 'command' | 'edit'; readonly begun: string; readonly stroke: string },
): Met {
  const here = bindings.filter((binding) => binding.mode === mode || binding.mode === 'both');
  const find = (keys: string): KeyCommand | undefined =>
    here.find((binding) => binding.keys.some((key) => asStroke(key) === keys))?.command;
  const both = begun === '' ? undefined : find(`${begun} ${stroke}`);
  const command = both ?? find(stroke);
  if (command !== undefined) return { kind: 'command', command };
  const begins = here.some(({ keys }) => keys.some((key) => key.startsWith(`${stroke} `)));
  return begins ? { kind: 'begun', keys: stroke } : { kind: 'none' };
}

const marks: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Enter: 'Enter',
};

/** A key as the help prints it: `Ctrl`, or `⌘` on a Mac. */
export function printedKey(key: string, mac: boolean): string[] {
  return key.split(' ').flatMap((stroke) =>
    stroke.split('+').map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
      return marks[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    }),
  );
}
