import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineNumbers } from '../../../renderer/notebook/lines/line-numbers.ts';
import { numberedLines } from '../../../renderer/notebook/lines/numbered-lines.ts';

test('every line has its number where it begins, and the text stays as it is', () => {
  const piece = fc.record({
    text: fc.string({ unit: fc.constantFrom('a', ' ', '\n', '🚀') }),
    className: fc.constantFrom('', 'tok-keyword'),
  });
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.map((one) => one.text).join('');
      let shown = '';
      const begins: [number, number][] = [];
      for (const part of numberedLines(pieces)) {
        if (part.kind === 'line') begins.push([part.number, shown.length]);
        else shown += part.text;
      }
      expect(shown).toBe(text);
      let at = 0;
      expect(begins).toEqual(
        text.split('\n').map((line, index) => {
          const begin = at;
          at += line.length + 1;
          return [index + 1, begin];
        }),
      );
    }),
    { seed: 8 },
  );
});

test('all cells show them or none, as this browser keeps it, but for those that were turned', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const lines = new LineNumbers(() => storage);
  lines.turn(['a']);
  expect(['a', 'b'].map((cell) => lines.areShown(cell))).toEqual([true, false]);
  lines.turn(['a', 'b']);
  expect(['a', 'b'].map((cell) => lines.areShown(cell))).toEqual([true, true]);
  lines.turn(['a', 'b']);
  expect(['a', 'b'].map((cell) => lines.areShown(cell))).toEqual([false, false]);
  lines.turnAll();
  lines.turn(['b']);
  expect(['a', 'b'].map((cell) => lines.areShown(cell))).toEqual([true, false]);
  const later = new LineNumbers(() => storage);
  expect(['a', 'b'].map((cell) => later.areShown(cell))).toEqual([true, true]);
  const refused = new LineNumbers(() => {
    throw new Error('a browser that keeps nothing');
  });
  refused.turnAll();
  expect(refused.areShown('a')).toBe(true);
});
