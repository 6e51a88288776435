import { expect, test } from 'vitest';
import { keyPresets, keyWords } from '../../../renderer/notebook/keys/key-presets.ts';
import { meetKey, printedKey, strokeName } from '../../../renderer/notebook/keys/key-stroke.ts';

const bare = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

interface Asked {
  readonly begun?: string;
  readonly mode?: 'command' | 'edit';
  readonly preset?: 'jupyter' | 'vscode';
}

function meet(stroke: string, { begun = '', mode = 'command', preset = 'jupyter' }: Asked = {}) {
  return meetKey(keyPresets[preset], { mode, begun, stroke });
}

test('keys have one name on every keyboard', () => {
  expect(strokeName({ ...bare, key: 'd' })).toBe('d');
  expect(strokeName({ ...bare, key: 'M', shiftKey: true })).toBe('Shift+M');
  expect(strokeName({ ...bare, key: '_', code: 'Minus', ctrlKey: true, shiftKey: true })).toBe(
    'Mod+Shift+-',
  );
  expect(strokeName({ ...bare, key: '∆', code: 'KeyJ', altKey: true, shiftKey: true })).toBe(
    'Alt+Shift+J',
  );
  expect(strokeName({ ...bare, key: 'Enter', metaKey: true })).toBe('Mod+Enter');
});

test('two keys make one command, another key between forgets the first', () => {
  expect(meet('d')).toEqual({ kind: 'begun', keys: 'd' });
  expect(meet('d', { begun: 'd' })).toEqual({ kind: 'command', command: 'delete' });
  expect(meet('j', { begun: 'd' })).toEqual({ kind: 'command', command: 'down' });
});

test('in an editor letters are letters', () => {
  const commands = 'abdzmyrjkxcvohip'.split('').map((key) => meet(key, { mode: 'edit' }).kind);
  expect(new Set(commands)).toEqual(new Set(['none']));
  expect(meet('Shift+Enter', { mode: 'edit' })).toEqual({ kind: 'command', command: 'run-next' });
  expect(meet('Escape', { mode: 'edit' })).toEqual({ kind: 'command', command: 'command' });
});

test('VS Code moves with Alt and the arrows, Jupyter with Ctrl and Shift', () => {
  expect(meet('Alt+ArrowUp', { preset: 'vscode' })).toMatchObject({ command: 'move-up' });
  expect(meet('Alt+ArrowUp')).toEqual({ kind: 'none' });
  expect(meet('Mod+Shift+ArrowUp')).toMatchObject({ command: 'move-up' });
});

test('no preset has one key for two commands, and the help has words for each', () => {
  const worded = new Set(
    keyWords.flatMap(({ commands }) => commands.map(({ command }) => command)),
  );
  for (const bindings of Object.values(keyPresets)) {
    for (const mode of ['command', 'edit'] as const) {
      const keys = bindings
        .filter((binding) => binding.mode === mode || binding.mode === 'both')
        .flatMap((binding) => binding.keys);
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(bindings.filter(({ command }) => !worded.has(command))).toEqual([]);
  }
  expect(printedKey('Mod+Shift+ArrowUp', true)).toEqual(['⌘', 'Shift', '↑']);
});
