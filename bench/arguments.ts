import { parseArgs } from 'node:util';

/** Options of a benchmark: whole numbers and texts, each with a default. Anything else is refused. */
export function benchArguments<const D extends Readonly<Record<string, string | number>>>(
  args: readonly string[],
  defaults: D,
): { [name in keyof D]: D[name] extends number ? number : string } {
  const options = Object.fromEntries(
    Object.keys(defaults).map((name) => [name, { type: 'string' as const }]),
  );
  const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
  const chosen = Object.entries(defaults).map(([name, fallback]) => {
    const text = values[name];
    if (typeof text !== 'string') return [name, fallback];
    if (typeof fallback === 'string') return [name, text];
    if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} takes a whole number, not "${text}".`);
    return [name, Number(text)];
  });
  return Object.fromEntries(chosen) as {
    [name in keyof D]: D[name] extends number ? number : string;
  };
}
