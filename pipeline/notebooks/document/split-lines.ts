import { isJsonObject } from './json-object.ts';
import type { DocumentCell, Json, JsonObject } from './notebook-document.ts';

// Written out, as a pattern of the language would hold them unseen: what Python takes for the end of a line.
const lineEnds = '\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029';
const lines = new RegExp(`[^${lineEnds}]*(?:\\r\\n|[${lineEnds}])|[^${lineEnds}]+$`, 'g');

/** A text's lines with their ends, cut where Python's `str.splitlines` cuts, as nbformat's writer stores them. */
export function splitLines(text: string): string[] {
  return text.match(lines) ?? [];
}

const isSplitMime = (mime: string): boolean =>
  mime.startsWith('text/') || mime === 'application/javascript' || mime === 'image/svg+xml';

function splitBundle(bundle: Json): Json {
  if (!isJsonObject(bundle)) return bundle;
  return Object.fromEntries(
    Object.entries(bundle).map(([mime, value]) => [
      mime,
      typeof value === 'string' && isSplitMime(mime) ? splitLines(value) : value,
    ]),
  );
}

function splitOutput(output: JsonObject): JsonObject {
  const stream = output['output_type'] === 'stream';
  return Object.fromEntries(
    Object.entries(output).map(([name, value]): [string, Json] => {
      if (name === 'data' && !stream) return [name, splitBundle(value)];
      if (name === 'text' && stream && typeof value === 'string') return [name, splitLines(value)];
      return [name, value];
    }),
  );
}

export function splitOutputs(outputs: readonly JsonObject[]): Json {
  return outputs.map(splitOutput);
}

/** What a cell holds under another name, as it is stored. */
export function splitOther(name: string, value: Json): Json {
  if (name !== 'attachments' || !isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([file, bundle]) => [file, splitBundle(bundle)]),
  );
}

/** A cell as nbformat's writer stores it; without its id where the notebook's version has none. */
export function cellJson(cell: DocumentCell, withId: boolean): JsonObject {
  const others = Object.entries(cell.others ?? {}).map(([name, value]): [string, Json] => [
    name,
    splitOther(name, value),
  ]);
  return Object.fromEntries<Json>([
    ...others,
    ['cell_type', cell.type],
    ['metadata', cell.metadata],
    ['source', splitLines(cell.source)],
    ...(withId ? ([['id', cell.id]] as const) : []),
    ...(cell.type === 'code'
      ? ([
          ['outputs', splitOutputs(cell.outputs)],
          ['execution_count', cell.executionCount],
        ] as const)
      : []),
  ]);
}
