import { listed } from './listed.ts';

/** Customary bounds of the population stability index (Siddiqi, Credit Risk Scorecards, 2006). */
export const stableBelow = 0.1;
export const shiftedAbove = 0.25;

export type DriftKind = 'stable' | 'moving' | 'shifted';

export interface FeatureDrift {
  readonly feature: string;
  readonly index: number;
}

interface DriftVerdict {
  readonly kind: DriftKind;
  readonly sentence: string;
}

export function driftKind(index: number): DriftKind {
  if (index < stableBelow) return 'stable';
  return index <= shiftedAbove ? 'moving' : 'shifted';
}

function named(
  drift: readonly FeatureDrift[],
  kind: DriftKind,
  label: (feature: string) => string,
): string[] {
  return [...drift]
    .filter(({ index }) => driftKind(index) === kind)
    .sort((a, b) => b.index - a.index)
    .map(({ feature }) => label(feature));
}

/** How far today's customers are from those that the model was trained on, all features together. */
export function driftVerdict(
  drift: readonly FeatureDrift[],
  label: (feature: string) => string,
): DriftVerdict {
  const shifted = named(drift, 'shifted', label);
  if (shifted.length > 0) {
    const has = shifted.length === 1 ? 'has' : 'have';
    return {
      kind: 'shifted',
      sentence: `${listed(shifted)} ${has} shifted: the segments were made for other customers than today’s. Train again.`,
    };
  }
  const moving = named(drift, 'moving', label);
  if (moving.length > 0) {
    const is = moving.length === 1 ? 'is' : 'are';
    return {
      kind: 'moving',
      sentence: `${listed(moving)} ${is} moving. The segments still fit; look again after the next run.`,
    };
  }
  return {
    kind: 'stable',
    sentence: 'Today’s customers are like those that the model was trained on.',
  };
}
