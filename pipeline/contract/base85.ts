/**
 * Bytes as text of 85 characters, as Ascii85 has it but from `(` on: four bytes in five characters, where Base64 takes
 * five and a third. Nothing in it means anything to HTML: `}` stands for `<`.
 */
const first = 0x28;
const lessThan = 0x3c;
const brace = 0x7d;

const powers = [85 ** 4, 85 ** 3, 85 ** 2, 85, 1] as const;

export function toBase85(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil((bytes.length * 5) / 4));
  for (let at = 0, to = 0; at < bytes.length; at += 4) {
    let group = 0;
    for (let i = 0; i < 4; i += 1) group = group * 256 + (bytes[at + i] ?? 0);
    for (const power of powers) {
      if (to === text.length) break;
      const character = first + (Math.floor(group / power) % 85);
      text[to++] = character === lessThan ? brace : character;
    }
  }
  return new TextDecoder().decode(text);
}

export function fromBase85(text: string): Uint8Array<ArrayBuffer> {
  const characters = new TextEncoder().encode(text);
  const bytes = new Uint8Array(Math.floor((characters.length * 4) / 5));
  for (let at = 0, to = 0; at < characters.length; at += 5) {
    let group = 0;
    for (let i = 0; i < 5; i += 1) {
      const character = characters[at + i] ?? first + 84;
      group = group * 85 + (character === brace ? lessThan : character) - first;
    }
    bytes[to] = group >>> 24;
    bytes[to + 1] = group >>> 16;
    bytes[to + 2] = group >>> 8;
    bytes[to + 3] = group;
    to += 4;
  }
  return bytes;
}
