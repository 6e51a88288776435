import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featureRecipe, trainOptions } from '../../pipeline/contract/recipe.ts';
import { correlationColour } from '../../renderer/charts/correlation-colour.ts';
import { histogramPath } from '../../renderer/charts/histogram-path.ts';
import { ownsJob } from '../../renderer/pages/workbench/owns-job.ts';
import { usualPlan } from '../../renderer/panels/tuning/tuning-value.ts';
import { keptDraft } from '../../renderer/pages/workbench/kept-draft.ts';
import { viewOfHash } from '../../renderer/pages/workbench/views.ts';
import { strongestPairs } from '../../renderer/panels/features/correlation-pairs.ts';
import {
  dominates,
  formatExact,
  formatPlain,
  formatShare,
  formatValue,
} from '../../renderer/panels/features/feature-values.ts';
import { bySeverity, countWords } from '../../renderer/panels/features/finding-order.ts';
import { pickGroups, unknownFeatures } from '../../renderer/panels/features/pick-groups.ts';
import {
  sameRecipe,
  treatmentOf,
  withFeatures,
  withOverride,
  withoutOverrides,
} from '../../renderer/panels/features/recipe-edits.ts';
import { savedState } from '../../renderer/panels/features/saved-state.ts';
import { treatmentParts } from '../../renderer/panels/features/treatment-parts.ts';

const recipe = featureRecipe.parse({ winsorise: { lower: 0.01, upper: 0.99 } });

test('a feature follows the recipe in what it does not say itself, and null clipping is something said', () => {
  const own = withOverride(recipe, 'frequency', { scale: 'robust', winsorise: null });
  expect(treatmentOf(own, 'frequency')).toEqual({
    missing: 'median',
    winsorise: null,
    transform: 'log1p',
    scale: 'robust',
    weight: 1,
  });
  expect(treatmentOf(own, 'monetary')).toMatchObject({
    winsorise: { lower: 0.01, upper: 0.99 },
    scale: 'standard',
  });
  expect(treatmentParts(withOverride(own, 'frequency', { weight: 2 }), 'frequency')).toEqual([
    { text: 'not clipped', own: true },
    { text: 'Log', own: false },
    { text: 'Robust', own: true },
    { text: 'weight 2', own: true },
  ]);
});

test('what is set and taken back, in whatever order, leaves the recipe that was', () => {
  const changes = fc.array(
    fc.constantFrom(
      { scale: 'minmax' as const },
      { transform: 'none' as const },
      { missing: 'zero' as const },
      { weight: 3 },
      { winsorise: null },
    ),
  );
  fc.assert(
    fc.property(changes, (made) => {
      const changed = made.reduce((so, change) => withOverride(so, 'frequency', change), recipe);
      const undone = made.reduce(
        (so, change) =>
          withOverride(
            so,
            'frequency',
            Object.fromEntries(Object.keys(change).map((key) => [key, undefined])),
          ),
        changed,
      );
      expect(undone).toEqual(recipe);
      expect(withoutOverrides(changed, 'frequency')).toEqual(recipe);
    }),
  );
});

test('a feature that leaves takes its own treatment along, and one that comes stands last', () => {
  const own = withOverride(recipe, 'frequency', { weight: 2 });
  expect(withFeatures(own, ['frequency', 'aov'], false)).toEqual({
    ...recipe,
    features: ['recency_days', 'monetary'],
  });
  expect(withFeatures(recipe, ['aov', 'monetary'], true).features).toEqual([
    'recency_days',
    'frequency',
    'monetary',
    'aov',
  ]);
});

test('recipes are the same whatever the order of their keys, but not of their features', () => {
  const one = withOverride(recipe, 'aov', { weight: 2, scale: 'none' });
  const other = withOverride(recipe, 'aov', { scale: 'none', weight: 2 });
  expect(sameRecipe(one, { ...other, winsorise: { upper: 0.99, lower: 0.01 } })).toBe(true);
  const turned = { ...one, features: one.features.toReversed() };
  expect(sameRecipe(one, turned)).toBe(false);
});

test('a recipe is saved, changed since it was saved, or not saved, and is known by what it says', () => {
  const savedAt = '2026-04-01T00:00:00Z';
  const saved = [{ name: 'RFM', recipe, savedAt }];
  const changed = { ...recipe, scale: 'none' as const };
  expect(savedState(saved, 'RFM', recipe)).toEqual({ kind: 'saved', name: 'RFM' });
  expect(savedState(saved, 'RFM', changed)).toEqual({ kind: 'changed', name: 'RFM' });
  expect(savedState(saved, null, changed)).toEqual({ kind: 'unsaved' });
  expect(savedState(saved, 'deleted', recipe)).toEqual({ kind: 'saved', name: 'RFM' });
});

test('features are found by label, name or table, and those of elsewhere are told apart', () => {
  const list = [
    { name: 'aov', table: 'features.customer_features', label: 'Order value', unit: 'money' },
    { name: 'night_share', table: 'features.purchase_habits', label: 'At night', unit: 'share' },
    { name: 'refunds', table: 'features.customer_features', label: 'Refunds', unit: 'count' },
  ] as const;
  expect(pickGroups(list, '')).toEqual([
    { table: 'features.customer_features', features: [list[0], list[2]] },
    { table: 'features.purchase_habits', features: [list[1]] },
  ]);
  expect(pickGroups(list, ' NIGHT habits ')).toEqual([
    { table: 'features.purchase_habits', features: [list[1]] },
  ]);
  expect(pickGroups(list, 'night value')).toEqual([]);
  expect(unknownFeatures(list, ['aov', 'income'])).toEqual(['income']);
});

test('a histogram is one path: empty bins are left out, rare ones stay visible, a constant has a bar', () => {
  const box = { width: 100, height: 30 };
  expect(histogramPath({ edges: [0, 1, 2, 4], counts: [1000, 0, 1] }, box)).toBe(
    'M0 30V0H24.2V30zM50 30V28.8H99.2V30z',
  );
  expect(histogramPath({ edges: [7, 7], counts: [5] }, box)).toBe('M46 30V0H53.2V30z');
  expect(histogramPath({ edges: [], counts: [] }, box)).toBe('');
});

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('every correlation can be read on its colour, and its sign is seen in both schemes', () => {
  for (const scheme of ['light', 'dark'] as const) {
    for (let value = -1; value <= 1; value += 0.05) {
      const { fill, ink } = correlationColour(value, scheme);
      const [low = 0, high = 0] = [luminance(fill), luminance(ink)].sort((a, b) => a - b);
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(4.5);
    }
  }
  expect(correlationColour(1, 'light').fill).toBe('#0072b2');
  expect(correlationColour(-1, 'light').fill).toBe('#cf5500');
  expect(correlationColour(0, 'dark')).toEqual(correlationColour(-0, 'dark'));
});

test('pairs come by strength whatever their sign, without those that have no value', () => {
  const values = [
    [1, 0.2, null],
    [0.2, 1, -0.9],
    [null, -0.9, 1],
  ];
  expect(strongestPairs(['a', 'b', 'c'], values)).toEqual([
    { one: 'b', other: 'c', value: -0.9 },
    { one: 'a', other: 'b', value: 0.2 },
  ]);
});

test('numbers of a feature are short, keep their unit, and never round a part to nothing or all', () => {
  expect([0.256, 41.23, 1540, 12_345, 9_876_543].map((v) => formatValue(v, 'money'))).toEqual([
    '0.26',
    '41.2',
    '1,540',
    '12.3K',
    '9.88M',
  ]);
  expect(formatValue(41.23, 'days')).toBe('41.2 d');
  expect(formatValue(-543.23, 'money')).toBe('\u2212543');
  expect([formatExact(543.23, 'money'), formatExact(0.1 + 0.2, 'share')]).toEqual([
    '543.23',
    '30%',
  ]);
  expect([null, -0.001, 1, -6.518, 99_999].map(formatPlain)).toEqual([
    '–',
    '0.00',
    '1.00',
    '\u22126.52',
    '100K',
  ]);
  expect([null, 0, 0.0002, 0.5, 0.9998, 1].map(formatShare)).toEqual([
    '–',
    '0%',
    '<0.1%',
    '50%',
    '>99.9%',
    '100%',
  ]);
});

test('one feature dominates when it outweighs the rest together, and never alone or one of two equals', () => {
  expect([dominates(1, 1), dominates(0.6, 2), dominates(0.8, 2)]).toEqual([false, false, true]);
  expect([dominates(0.45, 5), dominates(0.55, 5), dominates(null, 5)]).toEqual([
    false,
    true,
    false,
  ]);
});

test('findings come by gravity and are counted in words', () => {
  const finding = (severity: 'note' | 'warning' | 'error', sentence: string) => ({
    kind: 'skew',
    severity,
    features: ['aov'],
    sentence,
  });
  const found = [finding('note', 'a'), finding('error', 'b'), finding('note', 'c')];
  expect(bySeverity(found).map(({ sentence }) => sentence)).toEqual(['b', 'a', 'c']);
  expect(countWords(found)).toBe('1 error, 2 notes');
});

test('the address names the view; what names none, such as a token, leads to the overview', () => {
  expect(
    ['#features', '#tables', '', '#overview', '#token=abc', '#Features'].map(viewOfHash),
  ).toEqual(['features', 'tables', 'overview', 'overview', 'overview', 'overview']);
});

test('a kept draft comes back, and one of another version gives way to the defaults', () => {
  const options = trainOptions.parse({ features: ['aov', 'frequency'], k: 6, scale: 'robust' });
  const plan = { options, from: 3, to: 20, gap: true, stability: false, silhouetteRows: null };
  const kept = { plan, recipeName: 'Mine' };
  expect(keptDraft(JSON.stringify(kept))).toEqual(kept);
  const usual = { ...usualPlan, options: trainOptions.parse({}) };
  const older = JSON.stringify({ plan: { options: { ...options, columns: null } } });
  for (const other of [null, '{', '7', '{"plan":{"options":{"scale":"robust"}}}', older]) {
    expect(keptDraft(other)).toEqual({ plan: usual, recipeName: null });
  }
  const odd = JSON.stringify({ plan: { options, from: 9, to: 2, gap: 'yes', stability: true } });
  expect(keptDraft(odd).plan).toEqual({ ...usual, options, stability: true });
});

test('a job is told once: by the overview, by tuning if it began there, else by the strip', () => {
  const job = { id: '1', title: 't', startedAt: '2026-04-01T00:00:00Z', last: null };
  const running = (kind: string) => ({
    kind: 'running' as const,
    job: { ...job, kind },
    steps: [],
  });
  expect(ownsJob('overview', running('run'))).toBe(true);
  expect(ownsJob('tuning', running('sweep'))).toBe(true);
  expect(ownsJob('tuning', running('run'))).toBe(false);
  expect(ownsJob('features', running('sweep'))).toBe(false);
});
