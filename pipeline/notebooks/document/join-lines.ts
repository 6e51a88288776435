import { isJsonObject, isListOfTexts } from './json-object.ts';
import type { Json, JsonObject } from './notebook-document.ts';

/** Mime types whose value is JSON: a list there is a list, not lines of a text. */
export function isJsonMime(mime: string): boolean {
  return mime === 'application/json' || (mime.startsWith('application/') && mime.endsWith('+json'));
}

/** Lists of lines made one text in a mimebundle, as nbformat's reader does. */
function joinBundle(bundle: JsonObject): JsonObject {
  const entries = Object.entries(bundle);
  if (!entries.some(([mime, value]) => Array.isArray(value) && !isJsonMime(mime))) return bundle;
  return Object.fromEntries(
    entries.map(([mime, value]) => [
      mime,
      !isJsonMime(mime) && isListOfTexts(value) ? value.join('') : value,
    ]),
  );
}

function joinMember(object: JsonObject, name: string, join: (value: Json) => Json): JsonObject {
  if (!Object.hasOwn(object, name)) return object;
  const before = object[name] ?? null;
  const after = join(before);
  if (after === before) return object;
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, key === name ? after : value]),
  );
}

export function joinOutput(output: JsonObject): JsonObject {
  const data = joinMember(output, 'data', (bundle) =>
    isJsonObject(bundle) ? joinBundle(bundle) : bundle,
  );
  return joinMember(data, 'text', (text) => (isListOfTexts(text) ? text.join('') : text));
}

/** A cell's `attachments`: a mimebundle by file name. */
export function joinAttachments(attachments: Json): Json {
  if (!isJsonObject(attachments)) return attachments;
  return Object.fromEntries(
    Object.entries(attachments).map(([name, bundle]) => [
      name,
      isJsonObject(bundle) ? joinBundle(bundle) : bundle,
    ]),
  );
}
