import type { InputControl } from '../../../pipeline/contract/notebook.ts';

type Fields = Readonly<Record<string, unknown>>;

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isOption = (value: unknown): value is string | number =>
  typeof value === 'string' || isNumber(value);

const text = (fields: Fields, name: string): Record<string, string> =>
  typeof fields[name] === 'string' ? { [name]: fields[name] } : {};

function controlOf(fields: Fields): InputControl | null {
  const label = text(fields, 'label');
  switch (fields['kind']) {
    case 'slider': {
      const { min, max, step = 1 } = fields;
      if (!isNumber(min) || !isNumber(max) || !isNumber(step) || step <= 0) return null;
      return { kind: 'slider', min, max, step, ...label };
    }
    case 'select': {
      const { options } = fields;
      if (!Array.isArray(options) || options.length === 0 || !options.every(isOption)) return null;
      return { kind: 'select', options, ...label };
    }
    case 'date':
      return { kind: 'date', ...text(fields, 'min'), ...text(fields, 'max'), ...label };
    case 'text':
      return { kind: 'text', ...label };
    case 'checkbox':
      return { kind: 'checkbox', ...label };
    default:
      return null;
  }
}

/**
 * How an input is shown, from its JSON; null where the host will say what is wrong with it. By hand: the schema's library
 * compiles what it checks, which the page's policy forbids.
 */
export function readControl(json: string): InputControl | null {
  try {
    const fields: unknown = JSON.parse(json);
    return typeof fields === 'object' && fields !== null ? controlOf(fields as Fields) : null;
  } catch {
    return null;
  }
}
