import { partsOf, readTlv, type Tlv } from './read-tlv.ts';

/** What tells one certificate from another for somebody who reads it. */
export interface CertificateFacts {
  /** Its common name; where it has none, the unit or the organisation. */
  readonly subject: string;
  /** In milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
}

/** The last byte of 2.5.4.x, most telling first: commonName, organizationalUnitName, organizationName. */
const NAMES = [3, 11, 10];

const UTC_TIME = 0x17;
const BMP_STRING = 0x1e;
const UTF8_STRING = 0x0c;

function textOf(der: Uint8Array, { tag, from, end }: Tlv): string {
  const bytes = der.subarray(from, end);
  if (tag === BMP_STRING) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder(tag === UTF8_STRING ? 'utf-8' : 'latin1').decode(bytes);
}

/** RFC 5280, 4.1.2.5: always in UTC and with seconds; a year of two digits is one from 1950 to 2049. */
function timeOf(der: Uint8Array, value: Tlv): number {
  const text = textOf(der, value);
  const century = value.tag === UTC_TIME ? (text < '5' ? '20' : '19') : '';
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + text);
  if (parts === null) return Number.NaN;
  const [year = 0, month = 1, ...rest] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...rest);
}

function subjectOf(der: Uint8Array, subject: Tlv): string {
  const named = new Map<number, string>();
  for (const attribute of partsOf(der, subject).flatMap((set) => partsOf(der, set))) {
    const [type, value] = partsOf(der, attribute);
    if (type === undefined || value === undefined || type.end - type.from !== 3) continue;
    if (der[type.from] !== 0x55 || der[type.from + 1] !== 4) continue;
    named.set(der[type.from + 2] ?? 0, textOf(der, value));
  }
  return NAMES.flatMap((name) => named.get(name) ?? [])[0] ?? '';
}

/** Whom a certificate is of and when it holds; null where that cannot be read from it. */
export function certificateFacts(der: Uint8Array): CertificateFacts | null {
  const whole = readTlv(der, 0);
  const [signed] = whole === null ? [] : partsOf(der, whole);
  const parts = signed === undefined ? [] : partsOf(der, signed);
  // The version is left out of the oldest ones.
  const [, , , validity, subject] = parts[0]?.tag === 0xa0 ? parts.slice(1) : parts;
  if (validity === undefined || subject === undefined) return null;
  const [from = Number.NaN, until = Number.NaN] = partsOf(der, validity).map((time) =>
    timeOf(der, time),
  );
  if (Number.isNaN(from) || Number.isNaN(until)) return null;
  return { subject: subjectOf(der, subject), from, until };
}
