import type { FeatureInfo } from '../contract/features.ts';

/** A value of a feature as a sentence tells it. */
export function inWords(value: number, unit: FeatureInfo['unit']): string {
  switch (unit) {
    case 'share':
      return `${(value * 100).toFixed(Math.abs(value) < 0.1 ? 1 : 0)}%`;
    case 'days':
      return `${short(value)} days`;
    case 'money':
    case 'count':
    case 'number':
      return short(value);
  }
}

function short(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Number(value.toFixed(digits)).toLocaleString('en-US');
}

function told(number: number): string {
  return Number(number.toPrecision(15)).toLocaleString('en-US', { maximumFractionDigits: 10 });
}

/** A value that was chosen in steps, whole as it is: rounded it might not lead where it should. */
export function exactly(value: number, unit: FeatureInfo['unit']): string {
  if (unit === 'share') return `${told(value * 100)}%`;
  return unit === 'days' ? `${told(value)} days` : told(value);
}

/** A label within a sentence: words are small, what is all capitals stays, as CLV does. */
export function midSentence(label: string): string {
  return label.replace(/\p{L}+/gu, (word) =>
    word.length > 1 && word === word.toUpperCase() ? word : word.toLowerCase(),
  );
}
