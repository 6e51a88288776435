import { gunzipSync, inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';

/** A text in a form that a leak may take, as bytes to look for. */
interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Base64 of a text that begins anywhere: the letters that do not depend on what stands around it. */
function base64Forms(text: string): Form[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64');
    const from = [0, 2, 3][shift] ?? 0;
    const whole = Math.floor(((shift + Buffer.byteLength(text)) * 8) / 6);
    return { name: `base64 at ${shift}`, bytes: Buffer.from(encoded.slice(from, whole)) };
  });
}

const each = (text: string, write: (code: number) => string): Buffer =>
  Buffer.from(Array.from(text, (letter) => write(letter.codePointAt(0) ?? 0)).join(''));

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

export function formsOf(text: string): Form[] {
  return [
    { name: 'plain', bytes: Buffer.from(text) },
    { name: 'small letters', bytes: Buffer.from(text.toLowerCase()) },
    { name: 'reversed', bytes: Buffer.from(Array.from(text).toReversed().join('')) },
    ...base64Forms(text),
    { name: 'hex', bytes: Buffer.from(Buffer.from(text).toString('hex')) },
    { name: 'HEX', bytes: Buffer.from(Buffer.from(text).toString('hex').toUpperCase()) },
    { name: 'URL', bytes: Buffer.from(encodeURIComponent(text)) },
    { name: 'URL, all of it', bytes: each(text, (code) => `%${code.toString(16)}`) },
    { name: 'entities', bytes: each(text, (code) => `&#${code};`) },
    { name: 'hex entities', bytes: each(text, (code) => `&#x${code.toString(16)};`) },
    { name: 'escapes', bytes: each(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`) },
    { name: 'UTF-16LE', bytes: Buffer.from(text, 'utf16le') },
    { name: 'UTF-16BE', bytes: utf16be(text) },
  ];
}

function quietly<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** What a file holds within it: members of archives, streams of PDFs, data in base64. */
function within(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    const members = quietly(() => unzipSync(bytes)) ?? {};
    for (const member of Object.values(members)) found.push(Buffer.from(member));
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const unpacked = quietly(() => gunzipSync(bytes));
    if (unpacked !== null) found.push(unpacked);
  }
  const text = bytes.toString('latin1');
  for (const { index, 0: start } of text.matchAll(/stream\r?\n/g)) {
    const inflated = quietly(() => inflateSync(bytes.subarray(index + start.length)));
    if (inflated !== null) found.push(inflated);
  }
  for (const [run] of text.matchAll(/[A-Za-z0-9+/]{60,}={0,2}/g)) {
    found.push(Buffer.from(run, 'base64'));
  }
  return found;
}

/** The forms in which a text is found in a file, or in what the file holds, three levels deep. */
export function formsIn(bytes: Uint8Array, text: string): string[] {
  const forms = formsOf(text);
  const found = new Set<string>();
  let level: Buffer[] = [Buffer.from(bytes)];
  for (let depth = 0; depth < 4; depth++) {
    for (const one of level) {
      for (const form of forms) if (one.includes(form.bytes)) found.add(form.name);
    }
    level = level.flatMap(within);
  }
  return [...found];
}
