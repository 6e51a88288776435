import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMatches, replacedSources } from '../../../renderer/notebook/find/find-matches.ts';
import {
  findPattern,
  patternOfTexts,
  placesIn,
} from '../../../renderer/notebook/find/find-pattern.ts';
import { answerPattern } from '../../../renderer/notebook/find/pattern-ask.ts';
import { replaced } from '../../../renderer/notebook/find/replace-matches.ts';
import { contentOf } from '../../../renderer/notebook/state/notebook-content.ts';
import { notebookReducer } from '../../../renderer/notebook/state/notebook-reducer.ts';
import { startState } from '../../../renderer/notebook/state/notebook-state.ts';
import { prose, sql, view } from './cells.ts';

function pattern(text: string, { isPattern = false, matchCase = true } = {}): RegExp {
  const found = findPattern({ text, isPattern, matchCase });
  if (found.kind !== 'pattern') throw new Error(found.kind);
  return found.pattern;
}

const all = (text: string, found: RegExp, by: string, isPattern = false): string =>
  replaced(text, { pattern: found, text: by, isPattern }).text;

const letters = String.raw`aB.*$\[(^-{}|/?+ &1`.split('').concat('\n');

test('a text is found as it is, whatever letters it has, and all of it is replaced', () => {
  const any = fc.string({ unit: fc.constantFrom(...letters), maxLength: 40 });
  const needle = fc.string({
    unit: fc.constantFrom(...letters),
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(any, needle, any, (text, looked, by) => {
      expect(placesIn(text, pattern(looked)).places.length).toBe(text.split(looked).length - 1);
      expect(all(text, pattern(looked), by)).toBe(text.split(looked).join(by));
    }),
    { seed: 7, numRuns: 2000 },
  );
});

test('a regular expression replaces as JavaScript does, one match after the other as well', () => {
  const text = 'select a.x, b.x\nfrom a, b -- a\n';
  const cases = [
    [String.raw`\b([ab])\.`, '$1_'],
    [String.raw`(?<=from )a`, 'c'],
    [String.raw`x(?!,)`, '$&$&'],
    ['^select|a$', '<$`>'],
    [String.raw`(?<letter>b)`, '$<letter>2'],
  ] as const;
  for (const [looked, by] of cases) {
    const found = pattern(looked, { isPattern: true });
    expect(all(text, found, by, true)).toBe(text.replace(found, by));
  }
  expect(all('a,b', pattern(',', { isPattern: true }), String.raw`,\n`, true)).toBe('a,\nb');
  expect(all('a,b', pattern(','), String.raw`\n$&`)).toBe(String.raw`a\n$&b`);
});

test('a replacement is expanded as JavaScript does, whatever signs it has', () => {
  const patterns = ['(a)(b)?', '(?<x>a)|(?<y>b)', 'b', `${'(a)?'.repeat(11)}b`].map((looked) =>
    pattern(looked, { isPattern: true }),
  );
  const signs = ['$', '&', '`', "'", '<', '>', 'x', 'y', '0', '1', '2', '9', '-'];
  const template = fc.string({ unit: fc.constantFrom(...signs), maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...patterns), text, template, (found, looked, by) => {
      expect(all(looked, found, by, true)).toBe(looked.replace(found, by));
    }),
    { seed: 11, numRuns: 5000 },
  );
});

test('one match alone is replaced where it begins', () => {
  const found = pattern('a(.)', { isPattern: true });
  const replacement = { pattern: found, text: '$1$1', isPattern: true };
  const texts = ['ab ac', 'xx'];
  const answer = answerPattern({ kind: 'replace', texts, replacement, only: 3 });
  expect(answer).toEqual({
    kind: 'replaced',
    replaced: [
      { text: 'ab cc', count: 1 },
      { text: 'xx', count: 0 },
    ],
  });
});

test('a search that has more matches than it gives says so, and all of them are replaced', () => {
  const text = 'a,'.repeat(12_000);
  const { places, isCut } = placesIn(text, pattern('a'));
  expect([places.length, isCut]).toEqual([5000, true]);
  expect(placesIn('a,'.repeat(5000), pattern('a')).isCut).toBe(false);
  for (const isPattern of [false, true]) {
    const by = { pattern: pattern('a', { isPattern }), text: 'b', isPattern };
    expect(replaced(text, by)).toEqual({ text: 'b,'.repeat(12_000), count: 12_000 });
  }
});

test('what a regular expression found is found again as it is, the longer first', () => {
  const again = patternOfTexts(['a.', 'a.b', 'a.']);
  expect(again).not.toBeNull();
  expect('a.b ax a. A.'.match(again ?? /x/)).toEqual(['a.b', 'a.']);
  expect(patternOfTexts([])).toBeNull();
});

test('what matches nothing is no match, and what is no regular expression says why', () => {
  expect(placesIn('aab', pattern('b*', { isPattern: true }))).toEqual({
    places: [{ from: 2, to: 3 }],
    isCut: false,
  });
  expect(findPattern({ text: '(', isPattern: true, matchCase: false })).toEqual({
    kind: 'invalid',
    problem: 'Unterminated group',
  });
  expect(placesIn('Äpfel äpfel', pattern('ä', { matchCase: false })).places.length).toBe(2);
});

test('all matches of all cells are replaced in one step, which one undo takes back', () => {
  const state = startState(
    view([prose('a', 'top and TOP'), sql('b', 'from top', 'top'), sql('c', 'select 1')]),
  );
  const found = pattern('top', { matchCase: false });
  const { matches } = findMatches(state.content, found);
  expect(matches.map(({ cell, from }) => [cell, from])).toEqual([
    ['a', 0],
    ['a', 8],
    ['b', 13],
    ['b', 22],
  ]);
  const by = { pattern: found, text: 'best', isPattern: false };
  const cells = [...state.content.cells.values()];
  const made = cells.map(({ source }) => replaced(source, by));
  expect(made.map(({ count }) => count)).toEqual([2, 2, 0]);
  const sources = replacedSources(cells, made);
  const after = notebookReducer(state, { kind: 'replace', sources });
  expect([...after.content.cells.values()].map(({ source }) => source)).toEqual([
    'best and best',
    '%%sql --save best\nfrom best',
    '%%sql --save c\nselect 1',
  ]);
  const back = notebookReducer(after, { kind: 'undo' });
  expect(back.content).toEqual(contentOf([...state.content.cells.values()]));
  expect(back.history.past).toEqual([]);
});
