export const presetNames = ['bank', 'bridgecart', 'orders', 'engagement', 'demographics'] as const;
export type PresetName = (typeof presetNames)[number];
