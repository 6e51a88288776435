import { expect, test } from 'vitest';
import { readShareRecord, treatmentWords } from '../../../renderer/reader/share-record.ts';

test('the record of a share is told a thing a sentence', () => {
  const record = readShareRecord({
    choices: {
      columns: {
        'a.email': 'drop',
        'a.id': 'hash',
        'a.phone': 'drop',
        'a.day': 'generalise',
        'a.x': 'keep',
      },
      aggregated: ['b.visits'],
      minimumCount: 5,
    },
    at: '2026-11-21T10:00:00.000Z',
  });
  expect(treatmentWords(record)).toEqual([
    'a.email, a.phone: left out.',
    'a.id: replaced by a code.',
    'a.day: made coarser.',
    'b.visits: only groups, no single rows.',
    'Groups of fewer than 5 people: left out of tables and charts.',
  ]);
  expect(record.at).toBe('2026-11-21T10:00:00.000Z');
});

test('whatever else stands in its place says that nothing is known', () => {
  const nothing = { choices: { columns: {}, aggregated: [], minimumCount: 0 }, at: null };
  for (const value of [
    null,
    7,
    [],
    {},
    { choices: { columns: ['x'], minimumCount: -1 }, at: 'soon' },
  ]) {
    expect(readShareRecord(value)).toEqual(nothing);
  }
  const odd = readShareRecord(
    JSON.parse('{"choices": {"columns": {"__proto__": "drop", "a": "toString"}}}'),
  );
  expect(treatmentWords(odd)).toEqual(['__proto__: left out.']);
});
