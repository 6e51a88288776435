import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase85, toBase85 } from '../../pipeline/contract/base85.ts';

test('text of 85 characters gives back the bytes, and means nothing to HTML', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = toBase85(bytes);
      expect(text).toHaveLength(Math.ceil((bytes.length * 5) / 4));
      expect(text).not.toMatch(/[<&\s"']/);
      expect([...fromBase85(text)]).toEqual([...bytes]);
    }),
  );
});

test('it is Ascii85 moved by seven characters', () => {
  const ascii85 = '9jqo^';
  const moved = ascii85.replaceAll(/./g, (one) => String.fromCharCode(one.charCodeAt(0) + 7));
  expect(toBase85(new TextEncoder().encode('Man '))).toBe(moved);
});
