import type { FeatureInfo } from '../contract/features.ts';
import type { Range } from './read-features.ts';
import type { Freedom } from '../statistics/explanation/movable-column.ts';

/** What nobody can change by selling better. */
const given = new Set(['age', 'income', 'tenure_days']);

/**
 * How a customer's value of a feature could change: in whole orders and days, in cents, within what some customer has.
 */
export function freedomOf(feature: FeatureInfo, { least, most }: Range): Freedom {
  const freedom = possible(feature);
  if (freedom.kind === 'fixed') return freedom;
  return {
    ...freedom,
    minimum: Math.max(freedom.minimum ?? least, least),
    maximum: Math.min(freedom.maximum ?? most, most),
  };
}

function possible({ name, unit }: FeatureInfo): Freedom {
  if (given.has(name)) return { kind: 'fixed' };
  switch (unit) {
    case 'days':
      return { kind: 'free', minimum: 0, step: 1 };
    case 'count':
      return { kind: 'free', minimum: name === 'frequency' ? 1 : 0, step: 1 };
    case 'money':
      return { kind: 'free', step: 0.01 };
    case 'share':
      return { kind: 'free', minimum: 0, maximum: 1, step: 0.001 };
    case 'number':
      return { kind: 'free', minimum: 0, step: 0.01 };
  }
}
