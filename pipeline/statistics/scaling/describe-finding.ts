import type { Finding } from './findings.ts';

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

function describeMissing(name: string, missing: number, rows: number): string {
  if (missing === rows) return `${name} has no value at all: leave it out.`;
  const part = `${count(missing, 'value')} of ${name} (${percent(missing / rows)})`;
  const verb = missing === 1 ? 'is' : 'are';
  return `${part} ${verb} missing: say what stands in for them, or leave the feature out.`;
}

function describeDominating(name: string, share: number, of: 'distances' | 'segments'): string {
  return of === 'distances'
    ? `${name} makes up ${percent(share)} of the distances: standardise it, or the segments will be ${name} bands.`
    : `${name} makes up ${percent(share)} of what sets the segments apart: they are ${name} bands. Scale all features alike, or give it less weight.`;
}

/** One English sentence or two: what was found, and what to do. `names` are those of the columns. */
export function describeFinding(finding: Finding, names: readonly string[]): string {
  const nameOf = (column: number): string => names[column] ?? `column ${column}`;
  const name = nameOf(finding.column);
  switch (finding.kind) {
    case 'missing':
      return describeMissing(name, finding.missing, finding.rows);
    case 'constant':
      return `${name} is ${inShort(finding.value)} for everybody: it tells no customers apart, leave it out.`;
    case 'flattened':
      return `Nothing is left of ${name}: ${percent(finding.share)} of its values are ${inShort(finding.value)}, and winsorising cut off the rest. Winsorise it less, or leave it out.`;
    case 'nearly-constant':
      return `${percent(finding.share)} of the values of ${name} are ${inShort(finding.value)}: it can only single out the few others, leave it out unless they matter.`;
    case 'skewed':
      return `${name} is strongly skewed (${inShort(finding.skewness)}): take its log1p or Yeo-Johnson transform, or a few extreme customers will decide the segments.`;
    case 'outliers': {
      const verb = finding.count === 1 ? 'lies' : 'lie';
      const reach = `the farthest ${inShort(finding.farthest)}`;
      return `${count(finding.count, 'value')} of ${name} ${verb} more than 10 robust deviations from its median (${reach}): winsorise it, or they will get segments of their own.`;
    }
    case 'collinear':
      return `${name} and ${nameOf(finding.other)} say the same (correlation ${finding.correlation.toFixed(2)}): keep one, or what they share counts twice.`;
    case 'redundant':
      return `${name} follows from the other features together (variance inflation ${inShort(finding.inflation)}): leave it out, or what they share counts twice.`;
    case 'dominating':
      return describeDominating(name, finding.share, finding.of);
  }
}
