/** Walks through a buffer in Kafka's encodings: big-endian integers, zigzag varints, length-prefixed bytes. */
export class ByteReader {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  int16(): number {
    this.at += 2;
    return this.bytes.readInt16BE(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  int64(): bigint {
    this.at += 8;
    return this.bytes.readBigInt64BE(this.at - 8);
  }

  /** INT16 length, then UTF-8. */
  string(): string {
    const length = this.int16();
    return this.take(length).toString('utf8');
  }

  /** A view, not a copy. */
  take(length: number): Buffer {
    if (length < 0 || length > this.left) {
      throw new RangeError(`${length} bytes were announced, but ${this.left} are left`);
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  #byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new RangeError('the bytes end within a number');
    this.at += 1;
    return byte;
  }

  /** Zigzag, 32 bits. */
  varint(): number {
    let value = 0;
    let shift = 0;
    let byte = 0x80;
    while (byte & 0x80) {
      if (shift > 28) throw new RangeError('a varint is longer than five bytes');
      byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      shift += 7;
    }
    return (value >>> 1) ^ -(value & 1);
  }

  /** Zigzag, 64 bits. */
  varlong(): bigint {
    let value = 0n;
    let shift = 0n;
    let byte = 0x80;
    while (byte & 0x80) {
      if (shift > 63n) throw new RangeError('a varlong is longer than ten bytes');
      byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
    }
    return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }

  /** A varint length, then as many bytes; -1 is null. */
  varbytes(): Buffer | null {
    const length = this.varint();
    return length < 0 ? null : this.take(length);
  }
}
