import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { treatmentOf } from './recipe-edits.ts';
import { labelOf, quantileRange, scalings, transforms } from './treatments.ts';

interface TreatmentPart {
  readonly text: string;
  /** Whether this differs from what the recipe says of all. */
  readonly own: boolean;
}

/** A feature's treatment in few words, such as `Log`, `Standard`, `weight 2`. */
export function treatmentParts(recipe: FeatureRecipe, feature: string): TreatmentPart[] {
  const { winsorise, transform, scale, weight } = treatmentOf(recipe, feature);
  const own = recipe.columns[feature] ?? {};
  const parts: TreatmentPart[] = [];
  if (own.missing !== undefined) parts.push({ text: `missing: ${own.missing}`, own: true });
  if (winsorise !== null) {
    parts.push({ text: quantileRange(winsorise), own: own.winsorise !== undefined });
  } else if (own.winsorise === null) parts.push({ text: 'not clipped', own: true });
  if (transform !== 'none' || own.transform !== undefined) {
    const text = transform === 'none' ? 'not transformed' : labelOf(transforms, transform);
    parts.push({ text, own: own.transform !== undefined });
  }
  const scaled = scale === 'none' ? 'own units' : labelOf(scalings, scale);
  parts.push({ text: scaled, own: own.scale !== undefined });
  if (weight !== 1) parts.push({ text: `weight ${weight}`, own: true });
  return parts;
}
