/** A value of ASN.1 in DER: its tag, and where its content begins and ends. */
export interface Tlv {
  readonly tag: number;
  readonly from: number;
  /** Behind its last byte, which may lie behind what is there where it was cut off. */
  readonly end: number;
}

/** The value that begins at a place, or null where none can. */
export function readTlv(der: Uint8Array, at: number): Tlv | null {
  const tag = der[at];
  const first = der[at + 1];
  if (tag === undefined || first === undefined) return null;
  if (first < 0x80) return { tag, from: at + 2, end: at + 2 + first };
  const from = at + 2 + (first & 0x7f);
  const length = der.slice(at + 2, from).reduce((sum, byte) => sum * 256 + byte, 0);
  return { tag, from, end: from + length };
}

/** The values within one, in their order; fewer where it is damaged. */
export function partsOf(der: Uint8Array, { from, end }: Tlv): readonly Tlv[] {
  const parts: Tlv[] = [];
  for (let at = from; at < Math.min(end, der.length);) {
    const part = readTlv(der, at);
    if (part === null) break;
    parts.push(part);
    at = part.end;
  }
  return parts;
}
