/**
 * JavaScript for the sandbox: a function that says in text what a value is. Getters are not called, and what throws when
 * it is looked at is said to do so.
 */
export const inspectSource = String.raw`
const MAX_ITEMS = 100, MAX_DEPTH = 4, MAX_TEXT = 10000;
const cut = (text) => text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) + '… (' + text.length + ' characters)' : text;
const quoteName = (key) => typeof key === 'symbol' ? '[' + String(key) + ']' : /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
function items(list, more) {
  return more > 0 ? list.concat('… ' + more + ' more') : list;
}
function inspectArray(value, depth, seen) {
  const shown = [];
  for (let i = 0; i < Math.min(value.length, MAX_ITEMS); i++) shown.push(inspectProperty(value, i, depth, seen));
  const text = '[' + items(shown, value.length - shown.length).join(', ') + ']';
  return Array.isArray(value) ? text : value.constructor.name + ' ' + text;
}
function inspectProperty(value, key, depth, seen) {
  const own = Object.getOwnPropertyDescriptor(value, key);
  if (own === undefined) return 'undefined';
  if (!('value' in own)) return own.get === undefined ? '[Setter]' : '[Getter]';
  return inspect(own.value, depth + 1, seen);
}
function inspectPairs(value, depth, seen) {
  const all = [...value];
  const shown = all.slice(0, MAX_ITEMS).map((item) => value instanceof Map
    ? inspect(item[0], depth + 1, seen) + ' => ' + inspect(item[1], depth + 1, seen)
    : inspect(item, depth + 1, seen));
  return value.constructor.name + ' {' + items(shown, all.length - shown.length).join(', ') + '}';
}
function inspectObject(value, depth, seen) {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Error) return errorText(value);
  if (value instanceof RegExp) return String(value);
  if (value instanceof Table) return 'Table of ' + value.rows + ' rows: ' + value.columns.join(', ');
  if (value instanceof Promise) return 'Promise';
  if (depth > MAX_DEPTH) return Array.isArray(value) ? '[…]' : '{…}';
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) return inspectArray(value, depth, seen);
  if (value instanceof Map || value instanceof Set) return inspectPairs(value, depth, seen);
  const keys = Reflect.ownKeys(value);
  const shown = keys.slice(0, MAX_ITEMS).map((key) => quoteName(key) + ': ' + inspectProperty(value, key, depth, seen));
  const proto = Object.getPrototypeOf(value);
  const maker = proto === null ? '[no prototype] ' : proto === Object.prototype ? '' : String(proto.constructor && proto.constructor.name) + ' ';
  return maker + '{' + items(shown, keys.length - shown.length).join(', ') + '}';
}
function inspect(value, depth, seen) {
  if (typeof value === 'string') return depth === 0 ? cut(value) : JSON.stringify(cut(value));
  if (typeof value === 'bigint') return value + 'n';
  if (typeof value === 'symbol') return String(value);
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'function') return '[Function ' + (typeof value.name === 'string' && value.name !== '' ? cut(value.name) : 'without a name') + ']';
  if (value === null || typeof value !== 'object') return String(value);
  if (seen.includes(value)) return '[Circular]';
  try {
    return inspectObject(value, depth, seen.concat([value]));
  } catch (error) {
    return '[unreadable]';
  }
}
function errorText(error) {
  try {
    if (!(error instanceof Error)) return 'thrown: ' + inspect(error, 1, []);
    const name = String(error.name), message = String(error.message);
    return cut(message === '' ? name : name + ': ' + message);
  } catch (fault) {
    return 'an error that cannot be read';
  }
}
`;
