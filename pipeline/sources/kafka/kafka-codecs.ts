import kafkajs from 'kafkajs';
import { compressFrame, decompressFrame } from 'lz4-napi';
import { promisify } from 'node:util';
import { gunzip, zstdCompress, zstdDecompress } from 'node:zlib';
import { compress as compressSnappy, uncompress as uncompressSnappy } from 'snappy';

const gunzipAsync = promisify(gunzip);
const zstdCompressAsync = promisify(zstdCompress);
const zstdDecompressAsync = promisify(zstdDecompress);

/** Java clients wrap snappy in blocks: this magic, two version numbers, then length and block, repeated. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

async function decompressSnappy(bytes: Buffer): Promise<Buffer> {
  if (!bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) {
    return Buffer.from(await uncompressSnappy(bytes, { asBuffer: true }));
  }
  const blocks: Buffer[] = [];
  let at = XERIAL_HEADER_BYTES;
  while (at < bytes.length) {
    const length = bytes.readInt32BE(at);
    const block = bytes.subarray(at + 4, at + 4 + length);
    blocks.push(Buffer.from(await uncompressSnappy(block, { asBuffer: true })));
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}

interface Codec {
  readonly name: string;
  decompress(bytes: Buffer): Promise<Buffer>;
}

/** Keyed by the low three bits of a record batch's attributes. */
const codecs: Readonly<Record<number, Codec>> = {
  1: { name: 'gzip', decompress: gunzipAsync },
  2: { name: 'snappy', decompress: decompressSnappy },
  3: { name: 'lz4', decompress: decompressFrame },
  4: { name: 'zstd', decompress: zstdDecompressAsync },
};

/** The records of a batch as they were before compression; `codec` 0 is none. */
export async function decompressRecords(codec: number, bytes: Buffer): Promise<Buffer> {
  if (codec === 0) return bytes;
  const known = codecs[codec];
  if (known === undefined)
    throw new Error(`records are compressed with an unknown codec (${codec})`);
  try {
    return await known.decompress(bytes);
  } catch (cause) {
    throw new Error(`records compressed with ${known.name} cannot be decompressed`, { cause });
  }
}

/** What kafkajs gives a codec to compress: an encoder whose `buffer` holds the records. */
interface Encoded {
  readonly buffer: Buffer;
}

let registered = false;

/** Teaches kafkajs, which has gzip only, the other three codecs. */
export function registerCodecs(): void {
  if (registered) return;
  registered = true;
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  CompressionCodecs[CompressionTypes.Snappy] = () => ({
    compress: ({ buffer }: Encoded) => compressSnappy(buffer),
    decompress: decompressSnappy,
  });
  CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: ({ buffer }: Encoded) => compressFrame(buffer),
    decompress: decompressFrame,
  });
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: ({ buffer }: Encoded) => zstdCompressAsync(buffer),
    decompress: zstdDecompressAsync,
  });
}
