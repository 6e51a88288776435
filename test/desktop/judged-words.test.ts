import { expect, test } from 'vitest';
import { JudgedWords } from '../../electron/spelling/judged-words.ts';

const text = ['the', 'segmnt', 'Zalendo', 'the'];

test('a word is right until an answer says otherwise, and what changed has the text checked again', () => {
  const words = new JudgedWords();
  expect([words.misspelt(text), words.open(text)]).toEqual([[], ['the', 'segmnt', 'Zalendo']]);
  expect(words.take(['the', 'segmnt', 'Zalendo'], ['segmnt', 'Zalendo'])).toBe(true);
  expect(words.misspelt(text)).toEqual(['segmnt', 'Zalendo']);
  expect(words.take(['segmnt', 'Zalendo'], ['segmnt', 'Zalendo'])).toBe(false);
  expect(words.take(['new'], [])).toBe(false);
});

test('wrong words are asked about again, behind the unknown ones, so that what somebody adds is right', () => {
  const words = new JudgedWords();
  words.take(['the', 'segmnt', 'Zalendo'], ['segmnt', 'Zalendo']);
  expect(words.open([...text, 'new'])).toEqual(['new', 'segmnt', 'Zalendo']);
  expect(words.take(['segmnt', 'Zalendo'], ['segmnt'])).toBe(true);
  expect([words.misspelt(text), words.open(text)]).toEqual([['segmnt'], ['segmnt']]);
});

test('the oldest of very many are forgotten', () => {
  const words = new JudgedWords();
  const many = Array.from({ length: 10_001 }, (_, i) => `w${i}`);
  words.take(many, many);
  expect(words.misspelt(many)).toEqual(many.slice(1));
});
