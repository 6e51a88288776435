import type { FeatureInfo, FeatureReport } from '../contract/features.ts';
import type { KeptRecipe } from '../features/recipes.ts';
import { count, formatTable, percent } from './print.ts';

const short = (value: number | null): string =>
  value === null ? '-' : Number(value.toPrecision(4)).toLocaleString('en-US');

export function formatReport({ columns, findings, customers, asOf }: FeatureReport): string {
  const rows = columns.map((one) => [
    one.name,
    count(one.missing),
    short(one.imputed),
    short(one.median),
    short(one.mean),
    short(one.skewness),
    short(one.skewnessAfter),
    percent(one.share),
  ]);
  const header = ['feature', 'missing', 'becomes', 'median', 'mean', 'skew', 'skew after', 'share'];
  return [
    `${count(customers)} customers as of ${asOf}; share is that of the distances`,
    formatTable(header, rows),
    ...findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
  ].join('\n');
}

export function formatFeatures(features: readonly FeatureInfo[]): string {
  const rows = features.map(({ name, label, table }) => [name, label, table]);
  return formatTable(['feature', 'what it is', 'table'], rows);
}

export function formatRecipes(kept: readonly KeptRecipe[]): string {
  if (kept.length === 0) return 'No recipes are saved.';
  const rows = kept.map((one) => {
    if (one.kind === 'unreadable') return [one.name, '-', '-', `unreadable: ${one.problem}`];
    const { recipe } = one.saved;
    return [one.name, recipe.transform, recipe.scale, recipe.features.join(', ')];
  });
  return formatTable(['recipe', 'transform', 'scale', 'features'], rows);
}
