/** A panel's parameters as its source has them: JSON whose values may be `"{{k}}"`, an input's name. */
export type PanelParameters = Readonly<Record<string, unknown>>;

/** The parameters of a panel's body, or null where it is not an object of JSON. */
export function readParameters(body: string): PanelParameters | null {
  if (body.trim() === '') return {};
  try {
    const read: unknown = JSON.parse(body);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null;
    return Object.fromEntries(Object.entries(read));
  } catch {
    return null;
  }
}

export function writeParameters(parameters: PanelParameters): string {
  return JSON.stringify(parameters, null, 2);
}

/** The name of the input that a value is taken from, or null. */
export function inputOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return /^\{\{\s*([A-Za-z_]\w*)\s*\}\}$/.exec(value)?.[1] ?? null;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
}

export function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
