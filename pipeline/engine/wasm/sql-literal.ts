import { AppError } from '../../contract/errors.ts';
import type { SqlParameters } from '../engine.ts';
import { quotedText } from '../sql-quoting.ts';

const INT32 = 2 ** 31;
const INT64 = 2n ** 63n;

const cast = (text: string, type: string): string => `cast('${text}' as ${type})`;

function bigintLiteral(value: bigint): string {
  if (value < -INT64 || value >= INT64) {
    throw new AppError('SQL_INVALID', { problem: 'bigint out of int64 range' });
  }
  return cast(String(value), 'bigint');
}

function numberLiteral(value: number): string {
  if (!Number.isInteger(value)) return cast(String(value), 'double');
  if (value < -INT32 || value >= INT32) return bigintLiteral(BigInt(value));
  return cast(String(value), 'integer');
}

/** A NUL ends a statement's text, so it is written as what it is. */
const textLiteral = (value: string): string =>
  `cast(${value.split('\0').map(quotedText).join(' || chr(0) || ')} as varchar)`;

const bytesLiteral = (value: Uint8Array): string =>
  `unhex('${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')}')`;

/** An expression that is this value and nothing else, of the type that the native driver would bind it as. */
export function sqlLiteral(value: SqlParameters[string]): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return bigintLiteral(value);
  if (typeof value === 'number') return numberLiteral(value);
  return typeof value === 'string' ? textLiteral(value) : bytesLiteral(value);
}
