import type { Json } from '../document/notebook-document.ts';

/** `{{name}}`, spaces within the braces allowed. */
export const referencePattern = /\{\{\s*([\p{L}_][\p{L}\p{N}_]*)\s*\}\}/gu;

/** Names of inputs that a panel's parameters hold in `{{ }}`, each once, in the order of their first place. */
export function parameterReferences(parameters: Json): string[] {
  const names = new Set<string>();
  const visit = (value: Json): void => {
    if (typeof value === 'string') {
      for (const [, name = ''] of value.matchAll(referencePattern)) names.add(name);
    } else if (typeof value === 'object' && value !== null) {
      for (const one of Object.values(value)) visit(one);
    }
  };
  visit(parameters);
  return [...names];
}
