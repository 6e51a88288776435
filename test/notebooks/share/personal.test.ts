import { describe, expect, test } from 'vitest';
import {
  PersonalContent,
  personalInText,
} from '../../../pipeline/notebooks/share/personal-content.ts';
import { personalByName } from '../../../pipeline/notebooks/share/personal-names.ts';

function personalByContent(values: readonly (string | null)[]) {
  const content = new PersonalContent();
  // In pieces, as a large table is read.
  for (let i = 0; i < values.length; i += 1000) content.add(values.slice(i, i + 1000));
  return content.findings();
}

describe('a column is told by its name', () => {
  test.each([
    ['customer_id', 'identifier'],
    ['customerEmail', 'e-mail'],
    ['E-Mail', 'e-mail'],
    ['mobile', 'phone'],
    ['Phone No.', 'phone'],
    ['name', 'name'],
    ['first_name', 'name'],
    ['date_of_birth', 'birth date'],
    ['zip', 'address'],
    ['ip', 'identifier'],
  ])('%s holds a person’s %s', (column, kind) => {
    expect(personalByName(column)).toBe(kind);
  });

  test.each([
    'segment_name',
    'category',
    'model_version',
    'monetary',
    'table_name',
    'ship',
    'orders',
  ])('%s holds nothing of a person', (column) => {
    expect(personalByName(column)).toBeNull();
  });
});

describe('a column is told by its values', () => {
  test('one e-mail among thousands is enough', () => {
    const values = Array.from({ length: 5000 }, (_, i) => `order ${i}`);
    values[4321] = 'please ask ann.lee+x@mail.example.co.uk';
    expect(personalByContent(values)).toEqual([{ kind: 'e-mail', share: 1 / 5000 }]);
  });

  test('telephone numbers are found as people write them; days, amounts and keys are none', () => {
    const phones = ['+44 20 7946 0958', '(030) 901820', '0049-170-1234567', '+1 (212) 555-0123'];
    expect(personalByContent(phones)).toEqual([{ kind: 'phone', share: 1 }]);
    const others = [
      '2024-01-31',
      '2024-01-31 12:00:00',
      '1234.50',
      '0.0012345',
      '536365',
      '1,234,567',
      '12-34',
      '85123A',
    ];
    expect(personalByContent(others)).toEqual([]);
  });

  test('names are told from labels that repeat', () => {
    expect(
      personalByContent(['Ann Lee', "Mary O'Neill", 'José García', 'Anna-Maria Kask']),
    ).toEqual([{ kind: 'name', share: 1 }]);
    const labels = Array.from(
      { length: 100 },
      (_, i) => ['Fast Food', 'Public Transport'][i % 2] ?? '',
    );
    expect(personalByContent(labels)).toEqual([]);
  });

  test('missing values count for nothing', () => {
    expect(personalByContent([null, '', null])).toEqual([]);
    expect(personalByContent([null, 'a@b.example', ''])).toEqual([{ kind: 'e-mail', share: 1 }]);
  });
});

test('running text is searched, however long a hostile one is', () => {
  expect(personalInText('Call +49 30 901820 or write to a@b.example and c@d.example.')).toEqual([
    { kind: 'e-mail', count: 2 },
    { kind: 'phone', count: 1 },
  ]);
  for (const unit of ['a@', '+1 ', 'a.', '1-', '@.']) {
    expect(Array.isArray(personalInText(unit.repeat(100_000)))).toBe(true);
  }
});
