import { repairIds } from './cell-ids.ts';
import { checkBundle, checkOutputs } from './check-output.ts';
import { joinAttachments, joinOutput } from './join-lines.ts';
import { isJsonObject, isListOfTexts, kindOfValue, member } from './json-object.ts';
import { invalidNotebook } from './notebook-fault.ts';
import type { DocumentCell, Json, JsonObject } from './notebook-document.ts';

const known = new Set(['id', 'cell_type', 'source', 'metadata', 'outputs', 'execution_count']);

function readType(cell: JsonObject, where: string): DocumentCell['type'] {
  const type = member(cell, 'cell_type');
  if (type === 'code' || type === 'markdown' || type === 'raw') return type;
  if (typeof type === 'string')
    throw invalidNotebook(
      `${where}: cell_type "${type.slice(0, 40)}" is not code, markdown or raw.`,
    );
  throw invalidNotebook(`${where}: cell_type is ${kindOfValue(type)}.`);
}

function readSource(cell: JsonObject, where: string): string {
  const source = member(cell, 'source');
  if (typeof source === 'string') return source;
  if (isListOfTexts(source)) return source.join('');
  if (Array.isArray(source)) {
    const odd = source.findIndex((line) => typeof line !== 'string');
    throw invalidNotebook(
      `${where}: line ${odd + 1} of its source is ${kindOfValue(source[odd])}.`,
    );
  }
  throw invalidNotebook(`${where}: source is ${kindOfValue(source)}.`);
}

function readMetadata(cell: JsonObject, where: string): JsonObject {
  const metadata = member(cell, 'metadata');
  if (isJsonObject(metadata)) return metadata;
  throw invalidNotebook(`${where}: metadata is ${kindOfValue(metadata)}.`);
}

function readCount(cell: JsonObject, where: string): number | null {
  const count = member(cell, 'execution_count') ?? null;
  if (count === null || (typeof count === 'number' && Number.isInteger(count) && count >= 0))
    return count;
  throw invalidNotebook(
    `${where}: execution_count is ${typeof count === 'number' ? `${count}, no count` : kindOfValue(count)}.`,
  );
}

function readOthers(cell: JsonObject, where: string): JsonObject | null {
  const others = Object.entries(cell).filter(([name]) => !known.has(name));
  if (others.length === 0) return null;
  return Object.fromEntries(
    others.map(([name, value]): [string, Json] => {
      if (name !== 'attachments') return [name, value];
      if (!isJsonObject(value))
        throw invalidNotebook(`${where}: attachments is ${kindOfValue(value)}.`);
      for (const [file, bundle] of Object.entries(value)) {
        checkBundle(bundle, `${where}: the attachment "${file.slice(0, 80)}"`);
      }
      return [name, joinAttachments(value)];
    }),
  );
}

function readCell(value: Json, made: string, where: string): DocumentCell {
  if (!isJsonObject(value)) throw invalidNotebook(`${where} is ${kindOfValue(value)}.`);
  const id = member(value, 'id');
  if (id !== undefined && typeof id !== 'string')
    throw invalidNotebook(`${where}: id is ${kindOfValue(id)}.`);
  const type = readType(value, where);
  const isCode = type === 'code';
  const others = readOthers(value, where);
  return {
    id: made,
    type,
    source: readSource(value, where),
    metadata: readMetadata(value, where),
    outputs: isCode ? checkOutputs(member(value, 'outputs'), where).map(joinOutput) : [],
    executionCount: isCode ? readCount(value, where) : null,
    ...(others === null ? {} : { others }),
  };
}

/** Cells of a notebook's JSON, numbered from one in what is thrown; ids are made where they lack or are there twice. */
export function readCells(cells: readonly Json[]): DocumentCell[] {
  const ids = repairIds(cells.map((cell) => (isJsonObject(cell) ? member(cell, 'id') : undefined)));
  return cells.map((cell, i) => readCell(cell, ids[i] ?? '', `cell ${i + 1}`));
}
