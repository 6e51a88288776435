import type { GeneratedRecord } from '../../../pipeline/sources/demo/generate.ts';
import type { FaultKind } from '../../../pipeline/sources/demo/faults.ts';
import type { Fields } from './read-records.ts';

/** What a reader must know of a preset; written from DESIGN.md, not from the generator. */
export interface Expectation {
  readonly fields: readonly string[];
  readonly time: string | null;
  readonly amount: string | null;
  readonly category: { readonly field: string; readonly known: readonly string[] } | null;
  readonly identity: readonly string[] | null;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function parse(text: string): Fields | null {
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return null;
  }
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);
}

/**
 * Reads records in their order and names what is wrong with each from key, bytes and what came
 * before; it never looks at the fault that the generator attached.
 */
export function createStrictReader(expectation: Expectation) {
  const { fields, time, amount, category, identity } = expectation;
  const seen = new Map<string, string>();
  let newest = '';

  function repeated(record: Fields, text: string): FaultKind | null {
    if (identity === null) return null;
    const id = identity.map((field) => String(record[field])).join(' ');
    const before = seen.get(id);
    if (before === undefined) {
      seen.set(id, text);
      return null;
    }
    return before === text ? 'duplicate' : 'conflict';
  }

  function isEarlier(record: Fields): boolean {
    if (time === null) return false;
    const value = String(record[time]);
    if (value < newest) return true;
    newest = value;
    return false;
  }

  return function read({ value }: Pick<GeneratedRecord, 'value'>): FaultKind | null {
    if (value === null) return 'tombstone';
    const text = decode(value);
    if (text === null) return 'invalid_utf8';
    const measured = amount ?? time;
    const record = parse(text);
    if (record === null) {
      return text.includes(`"${measured}":NaN`) ? 'wrong_type' : 'malformed_json';
    }
    if (amount !== null && typeof record[amount] !== 'number') return 'wrong_type';
    if (time !== null && !isTime(record[time])) return 'wrong_type';
    const again = repeated(record, text);
    if (again !== null) return again;
    if (isEarlier(record)) return 'late';
    if (amount !== null && Number(record[amount]) < 0) return 'refund';
    if (category !== null && !category.known.includes(String(record[category.field]))) {
      return 'unknown_category';
    }
    return Object.keys(record).join() === fields.join() ? null : 'schema_drift';
  };
}
