import { createHash, type Hash } from 'node:crypto';
import type { Connection } from '../../../engine/engine.ts';

/** Content that has landed before: the first `bytes` of it have this SHA-256. */
export interface KnownContent {
  readonly sourceId: number;
  readonly bytes: number;
  readonly digest: string;
  readonly nextLine: number;
  /** Whether nothing has landed after it in its source. */
  readonly isLatest: boolean;
}

export async function knownContents(
  connection: Connection,
  preset: string,
): Promise<KnownContent[]> {
  const rows = await connection.rows<{
    source_id: number;
    bytes: number;
    digest: string;
    next_line: number;
    latest: boolean;
  }>(
    `select source_id, bytes, digest, next_line, bytes = max(bytes) over (partition by source_id) as latest
     from ops.file_contents join ops.sources using (source_id)
     where preset = $preset order by bytes desc, latest desc`,
    { preset },
  );
  return rows.map((row) => ({
    sourceId: row.source_id,
    bytes: row.bytes,
    digest: row.digest,
    nextLine: row.next_line,
    isLatest: row.latest,
  }));
}

/** Belongs into the transaction that lands the content. */
export async function rememberContent(
  connection: Connection,
  content: Omit<KnownContent, 'isLatest'>,
): Promise<void> {
  await connection.run(
    `insert into ops.file_contents by name select $source::integer as source_id, $bytes::bigint as bytes,
       $digest as digest, $next::bigint as next_line`,
    {
      source: content.sourceId,
      bytes: content.bytes,
      digest: content.digest,
      next: content.nextLine,
    },
  );
}

/** Hashes a file as its bytes pass and notices where what went by is content that landed before. */
export class ContentDigest {
  readonly #hash: Hash = createHash('sha256');
  readonly #boundaries: readonly number[];
  readonly #known: readonly KnownContent[];
  #bytes = 0;
  /** The longest known content that this file starts with, or is. */
  match: KnownContent | undefined;

  constructor(known: readonly KnownContent[]) {
    this.#known = known;
    this.#boundaries = [...new Set(known.map(({ bytes }) => bytes))].toSorted((a, b) => a - b);
  }

  add(chunk: Buffer): void {
    let from = 0;
    for (const boundary of this.#boundaries) {
      if (boundary <= this.#bytes || boundary > this.#bytes + chunk.length - from) continue;
      const to = from + boundary - this.#bytes;
      this.#advance(chunk.subarray(from, to));
      from = to;
      const digest = this.#hash.copy().digest('hex');
      this.match =
        this.#known.find((one) => one.bytes === boundary && one.digest === digest) ?? this.match;
    }
    this.#advance(chunk.subarray(from));
  }

  finish(): { bytes: number; digest: string } {
    return { bytes: this.#bytes, digest: this.#hash.copy().digest('hex') };
  }

  #advance(part: Buffer): void {
    this.#hash.update(part);
    this.#bytes += part.length;
  }
}
