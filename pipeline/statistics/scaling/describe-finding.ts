import { type Finding, MUCH_MISSING } from './findings.ts';
import type { ColumnOptions } from './preprocessing.ts';

/** What is done to a column already, and so is no advice. */
export type Done = Pick<ColumnOptions, 'missing' | 'winsorise' | 'transform' | 'scaling'>;

const nothingDone: Done = {
  missing: 'refuse',
  winsorise: null,
  transform: 'none',
  scaling: 'none',
};

function inShort(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** A share in whole percent, never rounded to all or to nothing. */
function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return 'over 99%';
  return rounded === 0 && share > 0 ? 'under 1%' : `${rounded}%`;
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString('en-US')} ${thing}${number === 1 ? '' : 's'}`;
}

type Found<K extends Finding['kind']> = Finding & { readonly kind: K };

function describeMissing(
  name: string,
  { missing, rows }: Found<'missing'>,
  { missing: rule }: Done,
): string {
  if (missing === rows) return `${name} has no value at all: leave it out.`;
  const part = `${count(missing, 'value')} of ${name} (${percent(missing / rows)})`;
  const verb = missing === 1 ? 'is' : 'are';
  if (rule === 'refuse') {
    return `${part} ${verb} missing: say what stands in for ${missing === 1 ? 'it' : 'them'}, or leave the feature out.`;
  }
  const stands = typeof rule === 'object' ? `${rule.value}` : rule === 'zero' ? '0' : `the ${rule}`;
  const standing = `${part} ${verb} missing, and ${stands} stands in for ${missing === 1 ? 'it' : 'them'}`;
  return missing / rows > MUCH_MISSING
    ? `${standing}: so many customers look alike in it, leave it out unless that is meant.`
    : `${standing}.`;
}

function describeDominating(
  name: string,
  { share, of }: Found<'dominating'>,
  { scaling }: Done,
): string {
  if (of === 'segments') {
    return `${name} makes up ${percent(share)} of what sets the segments apart: they are ${name} bands. Scale all features alike, or give it less weight.`;
  }
  const remedy = scaling === 'standard' ? 'give it less weight' : 'standardise it';
  return `${name} makes up ${percent(share)} of the distances: ${remedy}, or the segments will be ${name} bands.`;
}

function describeSkewed(name: string, { skewness }: Found<'skewed'>, done: Done): string {
  if (done.transform === 'none') {
    return `${name} is strongly skewed (${inShort(skewness)}): take its log1p or Yeo-Johnson transform, or a few extreme customers will decide the segments.`;
  }
  const applied = done.transform === 'log1p' ? 'log1p' : 'Yeo-Johnson transform';
  const cut = done.winsorise === null ? 'winsorise it' : 'winsorise it more';
  const remedy = done.transform === 'log1p' ? `try Yeo-Johnson, or ${cut}` : cut;
  return `${name} is strongly skewed even after its ${applied} (${inShort(skewness)}): ${remedy}, or a few extreme customers will decide the segments.`;
}

function describeOutliers(
  name: string,
  { count: number, farthest }: Found<'outliers'>,
  { winsorise }: Done,
): string {
  const verb = number === 1 ? 'lies' : 'lie';
  const reach = `the farthest ${inShort(farthest)}`;
  const remedy = winsorise === null ? 'winsorise it' : 'winsorise it more';
  return `${count(number, 'value')} of ${name} ${verb} more than 10 robust deviations from its median (${reach}): ${remedy}, or they will get segments of their own.`;
}

/**
 * One English sentence or two: what was found, and what to do. `names` are those of the columns; `done` is
 * what preprocessing does to the finding's own column, which is not advised again.
 */
export function describeFinding(
  finding: Finding,
  names: readonly string[],
  done: Done = nothingDone,
): string {
  const nameOf = (column: number): string => names[column] ?? `column ${column}`;
  const name = nameOf(finding.column);
  switch (finding.kind) {
    case 'missing':
      return describeMissing(name, finding, done);
    case 'constant':
      return `${name} is ${inShort(finding.value)} for everybody: it tells no customers apart, leave it out.`;
    case 'flattened':
      return `Nothing is left of ${name}: ${percent(finding.share)} of its values are ${inShort(finding.value)}, and winsorising cut off the rest. Winsorise it less, or leave it out.`;
    case 'nearly-constant':
      return `${percent(finding.share)} of the values of ${name} are ${inShort(finding.value)}: it can only single out the few others, leave it out unless they matter.`;
    case 'skewed':
      return describeSkewed(name, finding, done);
    case 'outliers':
      return describeOutliers(name, finding, done);
    case 'collinear':
      return `${name} and ${nameOf(finding.other)} say the same (correlation ${finding.correlation.toFixed(2)}): keep one, or what they share counts twice.`;
    case 'redundant':
      return `${name} follows from the other features together (variance inflation ${inShort(finding.inflation)}): leave it out, or what they share counts twice.`;
    case 'dominating':
      return describeDominating(name, finding, done);
  }
}
