/** Whom to explain, and who was looked at before, the latest first. */
export interface ExplainValue {
  readonly customerId: string | null;
  readonly recent: readonly string[];
}

export interface MigrationValue {
  /** Whether the picture has those who stayed where they were. */
  readonly stayers: boolean;
}

/** Two models by version; null takes the current one and the one before it. */
export interface ModelsValue {
  readonly from: number | null;
  readonly to: number | null;
}

/** The parameters of the view, plain JSON. */
export interface SegmentsValue {
  readonly explain: ExplainValue;
  readonly migration: MigrationValue;
  readonly models: ModelsValue;
}

export const startSegments: SegmentsValue = {
  explain: { customerId: null, recent: [] },
  migration: { stayers: false },
  models: { from: null, to: null },
};

const kept = 6;

/** Turns to a customer. The one before is kept where there is such a customer. */
export function lookAt(value: ExplainValue, customerId: string, found: boolean): ExplainValue {
  const { customerId: before, recent } = value;
  const known = found && before !== null ? [before, ...recent] : recent;
  const others = [...new Set(known)].filter((id) => id !== customerId);
  return { customerId, recent: others.slice(0, kept) };
}

/** The two versions to compare of those there are, the newest first; null where there are fewer than two. */
export function comparedVersions(
  value: ModelsValue,
  versions: readonly number[],
): { readonly from: number; readonly to: number } | null {
  const has = (version: number | null): version is number =>
    version !== null && versions.includes(version);
  const to = has(value.to) ? value.to : versions.find((version) => version !== value.from);
  if (to === undefined) return null;
  const older = versions.find((version) => version < to);
  const from =
    has(value.from) && value.from !== to
      ? value.from
      : (older ?? versions.find((version) => version !== to));
  return from === undefined ? null : { from, to };
}
