import { field, fixedSizeList, list, map, struct } from '@uwdata/flechette';
import type { DataType } from '@uwdata/flechette';
import { ArrowWriter } from './arrow-writer.ts';
import type { ColumnParts } from './arrow-writer.ts';
import { GrowableBytes } from './growable-bytes.ts';
import type { RawVector } from './raw-vector.ts';

/** Offset and length of a list entry, 8 bytes each; a vector's child has fewer than 2^32 rows. */
const ENTRY_WIDTH = 16;
const ENTRY_WORDS = ENTRY_WIDTH / 4;

/** LIST and MAP: offsets over one child. */
export class ListWriter extends ArrowWriter {
  readonly #child: ArrowWriter;
  readonly #offsets = new GrowableBytes();

  constructor(type: DataType, child: ArrowWriter) {
    super(type);
    this.#child = child;
    this.#offsets.appendInt32(0);
  }

  static ofList(child: ArrowWriter): ListWriter {
    return new ListWriter(list(field('item', child.type)), child);
  }

  static ofMap(key: ArrowWriter, value: ArrowWriter): ListWriter {
    const entries = new StructWriter(['key', 'value'], [key, value]);
    return new ListWriter(map(field('key', key.type, false), field('value', value.type)), entries);
  }

  get byteLength(): number {
    return this.#offsets.length + this.#child.byteLength;
  }

  /** Entries may lie in any order in the child, and those of NULLs mean nothing, so neighbours are merged and the rest skipped. */
  protected appendValues(source: RawVector, from: number, count: number): void {
    const words = source.words(ENTRY_WIDTH);
    const child = source.listChild();
    let pending = { start: 0, count: 0 };
    let total = this.#child.rows;
    for (let row = from; row < from + count; row++) {
      const length = source.isValid(row) ? (words[row * ENTRY_WORDS + 2] ?? 0) : 0;
      const start = words[row * ENTRY_WORDS] ?? 0;
      if (length > 0 && pending.count > 0 && start === pending.start + pending.count) {
        pending.count += length;
      } else if (length > 0) {
        this.#child.append(child, pending.start, pending.count);
        pending = { start, count: length };
      }
      total += length;
      this.#offsets.appendInt32(total);
    }
    this.#child.append(child, pending.start, pending.count);
  }

  protected parts(): ColumnParts {
    const offsets = this.#offsets.view();
    return {
      offsets: new Int32Array(offsets.buffer, offsets.byteOffset, offsets.byteLength / 4),
      children: [this.#child.batch()],
    };
  }

  protected clearValues(): void {
    this.#offsets.clear();
    this.#offsets.appendInt32(0);
    this.#child.clear();
  }
}

/** ARRAY: the child has its full number of rows for a NULL array as well, in DuckDB and in Arrow. */
export class ArrayWriter extends ArrowWriter {
  readonly #child: ArrowWriter;
  readonly #length: number;

  constructor(child: ArrowWriter, length: number) {
    super(fixedSizeList(field('item', child.type), length));
    this.#child = child;
    this.#length = length;
  }

  get byteLength(): number {
    return this.#child.byteLength;
  }

  protected appendValues(source: RawVector, from: number, count: number): void {
    const length = this.#length;
    this.#child.append(source.arrayChild(length), from * length, count * length);
  }

  protected parts(): ColumnParts {
    return { children: [this.#child.batch()] };
  }

  protected clearValues(): void {
    this.#child.clear();
  }
}

export class StructWriter extends ArrowWriter {
  readonly #children: readonly ArrowWriter[];

  constructor(names: readonly string[], children: readonly ArrowWriter[]) {
    super(struct(children.map((child, i) => field(names[i] ?? '', child.type))));
    this.#children = children;
  }

  get byteLength(): number {
    return this.#children.reduce((sum, child) => sum + child.byteLength, 0);
  }

  protected appendValues(source: RawVector, from: number, count: number): void {
    for (const [index, child] of this.#children.entries()) {
      child.append(source.structChild(index), from, count);
    }
  }

  protected parts(): ColumnParts {
    return { children: this.#children.map((child) => child.batch()) };
  }

  protected clearValues(): void {
    for (const child of this.#children) child.clear();
  }
}
