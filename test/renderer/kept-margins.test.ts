import { expect, test } from 'vitest';
import { KeptMargins } from '../../renderer/charts/kept-margins.ts';

const drawn = (l: number, b: number): HTMLElement =>
  ({ _fullLayout: { _size: { l, b, t: 5, r: 5 } } }) as unknown as HTMLElement;

test('margins keep the most that labels took, until the layout is another one', () => {
  const margins = new KeptMargins();
  const layout = { title: { text: 'by month' }, margin: { l: 8, r: 12, t: 28, b: 8 } };
  expect(margins.kept(layout)).toBe(layout);
  margins.note(drawn(40, 30));
  margins.note(drawn(36, 34));
  expect(margins.kept({ ...layout })).toEqual({
    ...layout,
    margin: { l: 40, r: 12, t: 28, b: 34 },
  });
  const other = { ...layout, title: { text: 'by day' } };
  expect(margins.kept(other)).toBe(other);
  margins.note({} as HTMLElement);
  expect(margins.kept(other)).toBe(other);
});
