import { isJsonMime } from './join-lines.ts';
import { isJsonObject, isListOfTexts, kindOfValue, member } from './json-object.ts';
import { invalidNotebook } from './notebook-fault.ts';
import type { JsonObject } from './notebook-document.ts';

const isText = (value: unknown): boolean => typeof value === 'string' || isListOfTexts(value);

/** Throws unless a mimebundle holds texts, and JSON where its type says so. */
export function checkBundle(bundle: unknown, where: string): void {
  if (!isJsonObject(bundle)) throw invalidNotebook(`${where} is ${kindOfValue(bundle)}.`);
  for (const [mime, value] of Object.entries(bundle)) {
    if (!isJsonMime(mime) && !isText(value)) {
      throw invalidNotebook(`${where}: ${mime.slice(0, 80)} is ${kindOfValue(value)}.`);
    }
  }
}

function checkMembers(output: JsonObject, where: string): void {
  const type = member(output, 'output_type');
  if (type === 'stream') {
    const text = member(output, 'text');
    if (!isText(text)) throw invalidNotebook(`${where}: text is ${kindOfValue(text)}.`);
  } else if (type === 'display_data' || type === 'execute_result') {
    checkBundle(member(output, 'data'), `${where}: data`);
  } else if (type === 'error') {
    if (!isListOfTexts(member(output, 'traceback') ?? []))
      throw invalidNotebook(`${where}: traceback is not a list of texts.`);
  } else if (typeof type === 'string') {
    throw invalidNotebook(
      `${where}: output_type "${type.slice(0, 40)}" is none that nbformat 4 has.`,
    );
  } else {
    throw invalidNotebook(`${where}: output_type is ${kindOfValue(type)}.`);
  }
}

/** The outputs of a code cell; throws a sentence that says which output is at fault. */
export function checkOutputs(outputs: unknown, where: string): readonly JsonObject[] {
  if (outputs === undefined) return [];
  if (!Array.isArray(outputs))
    throw invalidNotebook(`${where}: outputs is ${kindOfValue(outputs)}.`);
  for (const [i, output] of outputs.entries()) {
    const at = `${where}, output ${i + 1}`;
    if (!isJsonObject(output)) throw invalidNotebook(`${at} is ${kindOfValue(output)}.`);
    checkMembers(output, at);
  }
  return outputs as readonly JsonObject[];
}
