import { stripTypeScriptTypes } from 'node:module';

const START = 'function cell() {';
const END = '\n}';

/** A cell's TypeScript as JavaScript at the same places. Throws for what is more than types, such as an enum. */
export function stripTypes(code: string): string {
  const emitWarning = process.emitWarning.bind(process);
  // Node says with the first use of it that this is experimental, on the owner's terminal.
  process.emitWarning = () => undefined;
  try {
    // Within a function a `return` may stand.
    return stripTypeScriptTypes(`${START}${code}${END}`).slice(START.length, -END.length);
  } finally {
    process.emitWarning = emitWarning;
  }
}
