import { inspectSource } from './inspect-source.ts';
import { tableSource } from './table-source.ts';
import { NO_WAITING } from './wrap-cell.ts';

/** The instant of the sandbox is missing on purpose: what a cell gives must not depend on when it runs. */
const NO_CLOCK =
  'There is no clock in a cell, so that it gives the same whenever it runs: take the date from an input or a table.';

/**
 * What runs in the sandbox before a cell: `(emit, fetch, given) => run`. Everything that leaves goes through `emit` as
 * text and bytes; a script that tampers with this can only change what itself shows.
 */
export const preludeSource = String.raw`(function (emit, fetch, given) {
'use strict';
const RealDate = Date;
${inspectSource}
${tableSource}
const { tables, inputs } = JSON.parse(given);
const isOwn = (name) => Object.hasOwn(globalThis, name);
const define = (name, value, enumerable = false) => Object.defineProperty(globalThis, name, { value, enumerable, writable: true, configurable: true });

function clockless(...values) {
  if (new.target === undefined || values.length === 0) throw new TypeError(${JSON.stringify(NO_CLOCK)});
  return Reflect.construct(RealDate, values, new.target === clockless ? RealDate : new.target);
}
Object.defineProperty(clockless, 'name', { value: 'Date' });
Object.defineProperty(clockless, 'length', { value: 7 });
clockless.prototype = RealDate.prototype;
clockless.parse = RealDate.parse;
clockless.UTC = RealDate.UTC;
clockless.now = () => { throw new TypeError(${JSON.stringify(NO_CLOCK)}); };
RealDate.prototype.constructor = clockless;
define('Date', clockless);
let seed = 0x9e3779b9;
// mulberry32
Math.random = () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const json = (value) => JSON.stringify(value, (_, item) => {
  if (typeof item === 'bigint') return Number.isSafeInteger(Number(item)) ? Number(item) : String(item);
  return ArrayBuffer.isView(item) && !(item instanceof DataView) ? Array.from(item) : item;
});
const pack = (found) => ({ rows: found.rows, columns: found.columns.map(([name, values]) => ({ name, ...packed(name, values) })) });
function showTable({ rows, columns }, defines) {
  emit('table', JSON.stringify({ rows, defines }));
  for (const { name, type, values, validity, text } of columns) {
    emit('column', JSON.stringify({ name, type, json: text }), values, validity);
  }
  emit('end', '');
}
/** What is no table after all, such as one whose columns mix text and numbers, is shown as text. */
function tableOrNull(value) {
  try {
    const found = asTable(value);
    return found === null ? null : pack(found);
  } catch (error) {
    return null;
  }
}
function show(value, defines) {
  if (value instanceof Promise) throw new TypeError(${JSON.stringify(NO_WAITING)});
  const found = tableOrNull(value);
  if (found !== null) showTable(found, defines);
  else emit('text', inspect(value, typeof value === 'string' ? 0 : 1, []));
}
const api = {
  display: (value) => show(value, false),
  table: (value) => {
    const found = asTable(value);
    if (found === null) throw new TypeError('table() takes an array of flat objects, or an object of equally long arrays.');
    showTable(pack(found), true);
  },
  plot: (figure) => {
    const text = json(figure);
    if (typeof text !== 'string' || text[0] !== '{' || !Array.isArray(figure.data)) throw new TypeError('plot() takes a Plotly figure: an object with data and layout.');
    emit('plot', text);
  },
  html: (text) => emit('html', String(text)),
};
const print = (...values) => emit('stdout', values.map((value) => inspect(value, 0, [])).join(' ') + '\n');
define('console', Object.freeze({ log: print, info: print, debug: print, warn: print, error: print }));
for (const name of Object.keys(api)) define(name, api[name]);
const byName = Object.create(null);
tables.forEach(({ name, rows, columns }, at) => {
  byName[name] = new Table(rows, columns, (column) => fetch(at, column));
});
const inputsByName = Object.assign(Object.create(null), Object.fromEntries(inputs));
for (const [name, value] of [...Object.entries(byName), ...inputs]) if (!isOwn(name)) define(name, value);
define('tables', Object.freeze(byName));
define('inputs', Object.freeze(inputsByName));

return (cell) => {
  try {
    const value = cell();
    if (value !== undefined) show(value, true);
  } catch (error) {
    let stack = '', kind = '';
    try { stack = String(error.stack); kind = String(error.name) + ' ' + String(error.message); } catch (fault) { stack = ''; }
    emit('failed', JSON.stringify({ problem: errorText(error), stack: stack.slice(0, 10000), kind: kind.slice(0, 200) }));
  }
};
})`;
