/** JavaScript for the sandbox: tables as a script sees them, and how values become tables again. */
export const tableSource = String.raw`
const arrays = { Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array };
function withNulls(values, validity) {
  if (validity === undefined) return values;
  return Array.from(values, (value, i) => validity[i] === 1 ? value : null);
}
function readColumn(read, kind) {
  if (kind === 'json') return JSON.parse(read.text);
  const validity = read.validity === undefined ? undefined : new Uint8Array(read.validity);
  if (kind === 'boolean') return withNulls(Array.from(new Uint8Array(read.values), (value) => value === 1), validity);
  if (kind === 'date') return withNulls(Array.from(new Float64Array(read.values), (time) => new RealDate(time)), validity);
  return withNulls(new arrays[kind](read.values), validity);
}
class Table {
  #fetch; #read = new Map();
  constructor(rows, columns, fetch) {
    this.rows = rows;
    this.columns = Object.freeze(columns.slice());
    this.#fetch = fetch;
    Object.freeze(this);
  }
  column(name) {
    let values = this.#read.get(name);
    if (values !== undefined) return values;
    const index = this.columns.indexOf(name);
    if (index < 0) throw new RangeError('There is no column "' + String(name) + '"; there are ' + this.columns.join(', ') + '.');
    const read = this.#fetch(index);
    values = readColumn(read, read.kind);
    this.#read.set(name, values);
    return values;
  }
  row(i) {
    if (!Number.isInteger(i) || i < 0 || i >= this.rows) throw new RangeError('There is no row ' + String(i) + '; there are ' + this.rows + ', from 0.');
    return Object.fromEntries(this.columns.map((name) => [name, this.column(name)[i]]));
  }
  toArray(limit = this.rows) {
    const all = this.columns.map((name) => [name, this.column(name)]);
    return Array.from({ length: Math.max(0, Math.min(limit, this.rows)) }, (_, i) => Object.fromEntries(all.map(([name, values]) => [name, values[i]])));
  }
  [Symbol.iterator]() { return this.toArray()[Symbol.iterator](); }
}
Object.freeze(Table.prototype);

const isList = (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
const isPlain = (value) => typeof value === 'object' && value !== null && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
const isFlat = (value) => value === null || value instanceof Date || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol');
function columnsOfRows(list) {
  const names = new Set();
  for (const item of list) {
    if (!isPlain(item)) return null;
    for (const name of Object.keys(item)) names.add(name);
  }
  if (names.size === 0) return null;
  const columns = [];
  for (const name of names) {
    const values = list.map((item) => Object.hasOwn(item, name) ? item[name] : null);
    if (!values.every(isFlat)) return null;
    columns.push([name, values]);
  }
  return { rows: list.length, columns };
}
function asTable(value) {
  if (value instanceof Table) return { rows: value.rows, columns: value.columns.map((name) => [name, value.column(name)]) };
  if (Array.isArray(value)) return value.length === 0 ? null : columnsOfRows(value);
  if (!isPlain(value)) return null;
  const columns = Object.keys(value).map((name) => [name, value[name]]);
  if (columns.length === 0 || !columns.every(([, values]) => isList(values))) return null;
  const rows = columns[0][1].length;
  for (const [, values] of columns) {
    if (values.length !== rows || (Array.isArray(values) && !values.every(isFlat))) return null;
  }
  return { rows, columns };
}
function kindOf(value) {
  if (value === null || value === undefined) return 'null';
  return value instanceof Date ? 'date' : typeof value;
}
function numbersOf(values) {
  let whole = true, small = true;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) { whole = false; break; }
    if (value !== (value | 0)) small = false;
  }
  if (!whole) return Float64Array.from(values, (value) => value ?? 0);
  return small ? Int32Array.from(values, (value) => value ?? 0) : BigInt64Array.from(values, (value) => BigInt(value ?? 0));
}
function bigintsOf(name, values) {
  return BigInt64Array.from(values, (value) => {
    const whole = BigInt(value ?? 0);
    if (BigInt.asIntN(64, whole) !== whole) throw new RangeError('The column "' + name + '" holds a whole number beyond 64 bits.');
    return whole;
  });
}
/** A column as it leaves the sandbox: its type, and its values as bytes or as JSON. */
function packed(name, values) {
  if (!Array.isArray(values)) {
    const type = Object.keys(arrays).find((key) => values instanceof arrays[key]);
    if (type !== undefined) return { type, values: values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength) };
    values = Array.from(values);
  }
  const kinds = new Set(values.map(kindOf));
  const missing = kinds.delete('null');
  const [kind] = kinds;
  if (kind === 'number' && kinds.size === 2 && kinds.has('bigint') || kind === 'bigint' && kinds.size === 2 && kinds.has('number')) {
    if (values.every((value) => typeof value !== 'number' || Number.isSafeInteger(value))) kinds.delete('number');
  }
  if (kinds.size > 1) throw new TypeError('The column "' + name + '" mixes ' + [...kinds].sort().join(' and ') + '.');
  if (kinds.size === 0) return { type: 'null' };
  const validity = missing ? Uint8Array.from(values, (value) => value === null || value === undefined ? 0 : 1).buffer : undefined;
  if (kinds.has('bigint')) return { type: 'BigInt64Array', values: bigintsOf(name, values).buffer, validity };
  if (kind === 'number') { const numbers = numbersOf(values); return { type: numbers.constructor.name, values: numbers.buffer, validity }; }
  if (kind === 'boolean') return { type: 'boolean', values: Uint8Array.from(values, (value) => value === true ? 1 : 0).buffer, validity };
  if (kind === 'date') return { type: 'date', values: Float64Array.from(values, (value) => value === null || value === undefined ? NaN : value.getTime()).buffer };
  return { type: 'text', text: JSON.stringify(values.map((value) => value ?? null)) };
}
`;
