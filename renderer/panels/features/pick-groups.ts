import type { FeatureInfo } from '../../../pipeline/contract/features.ts';

export interface PickGroup {
  readonly table: string;
  readonly features: readonly FeatureInfo[];
}

/** The features whose label, name or table holds every word that was typed, by table in the order they came. */
export function pickGroups(features: readonly FeatureInfo[], typed: string): PickGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, FeatureInfo[]>();
  for (const feature of features) {
    const text = `${feature.label} ${feature.name} ${feature.table}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const group = groups.get(feature.table);
    if (group === undefined) groups.set(feature.table, [feature]);
    else group.push(feature);
  }
  return [...groups].map(([table, features]) => ({ table, features }));
}

/** Chosen by the recipe, but nowhere in this workspace. */
export function unknownFeatures(
  features: readonly FeatureInfo[],
  chosen: readonly string[],
): string[] {
  const known = new Set(features.map(({ name }) => name));
  return chosen.filter((name) => !known.has(name));
}
