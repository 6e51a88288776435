import { isJsonObject, member } from '../document/json-object.ts';
import type { DocumentCell } from '../document/notebook-document.ts';
import { base64 } from './base64.ts';
import { pictureAddress } from './picture-address.ts';

/** A file that a Markdown cell brings along. */
export interface Attachment {
  readonly name: string;
  /** Its MIME type. */
  readonly type: string;
  /** As it stands in the notebook: Base64, text where it is one, and what is no text as its JSON. */
  readonly data: string;
}

export function attachmentsOf({ others = {} }: DocumentCell): Attachment[] {
  const files = member(others, 'attachments');
  if (!isJsonObject(files)) return [];
  return Object.entries(files).flatMap(([name, bundle]) =>
    Object.entries(isJsonObject(bundle) ? bundle : {}).map(([type, data]) => ({
      name,
      type,
      data: typeof data === 'string' ? data : JSON.stringify(data),
    })),
  );
}

/** Whether the text of a cell shows an attachment; one that it does not show is not seen by whoever sends it. */
export function isShown({ source }: DocumentCell, name: string): boolean {
  return [name, encodeURI(name.toWellFormed()), encodeURIComponent(name.toWellFormed())].some(
    (spelt) => source.includes(`attachment:${spelt}`),
  );
}

const isBase64 = (text: string): boolean => /^[\w+/\s]+={0,2}\s*$/.test(text);

function bytesOf(data: string): Uint8Array {
  try {
    if (isBase64(data)) return Uint8Array.from(atob(data), (byte) => byte.codePointAt(0) ?? 0);
  } catch {
    // It only looks like Base64.
  }
  return new TextEncoder().encode(data);
}

export function sizeOf({ data }: Attachment): number {
  return isBase64(data)
    ? Math.floor((data.replaceAll(/[\s=]/g, '').length * 3) / 4)
    : bytesOf(data).length;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What can be read in an attachment, whatever its type says; empty where it is a picture. */
export function textOf({ type, data }: Attachment): string {
  if (!isBase64(data)) return data;
  if (/^image\/(?!svg)/.test(type)) return '';
  try {
    return utf8.decode(bytesOf(data));
  } catch {
    // A telephone number looks like Base64, too.
    return data;
  }
}

/** The pictures that a Markdown cell brings along, by name, as addresses that a page can show. */
export function attachedPictures(cell: DocumentCell): Record<string, string> {
  const found = attachmentsOf(cell).flatMap(({ name, type, data }): [string, string][] => {
    // Within `img` nothing of it runs, and nothing is fetched.
    if (type === 'image/svg+xml') {
      return [[name, `data:image/svg+xml;base64,${base64(bytesOf(data))}`]];
    }
    const address = pictureAddress(type, data);
    return address === null ? [] : [[name, address]];
  });
  return Object.fromEntries(found);
}
