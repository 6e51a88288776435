import type { Connection } from '../../../engine/engine.ts';
import type { KnownContent } from './known-content.ts';
import type { Resume } from './land-records.ts';
import { isText, type OpenedFile, readContent } from './open-file.ts';

/** Where to go on; without a source the rest is a source of its own. */
export interface ResumePoint extends Resume {
  readonly sourceId?: number;
}

const LF = 10;
const CR = 13;

/** The last record that landed is but a part of its line: the line is read again, whole. */
async function cutOffLine(
  connection: Connection,
  match: KnownContent,
  lastByte: number | undefined,
): Promise<ResumePoint | undefined> {
  const [last] = await connection.rows<{ position: number; bytes: number }>(
    `select position, octet_length(value) as bytes from raw.records
     where source_id = $source and position < $next order by position desc limit 1`,
    { source: match.sourceId, next: match.nextLine },
  );
  if (last === undefined) return undefined;
  const stripped = lastByte === CR ? 1 : 0;
  return { bytes: match.bytes - last.bytes - stripped, line: last.position };
}

/** Some bytes of the content, fewer where it ends. */
async function bytesAt(file: OpenedFile, start: number, count: number): Promise<Buffer> {
  let found = Buffer.alloc(0);
  for await (const chunk of readContent(file, { start })) {
    found = Buffer.concat([found, chunk.subarray(0, count)]);
    if (found.length >= count) break;
  }
  return found;
}

/** Only text can be told to have grown: undefined where the whole of it is new. */
export async function resumePoint(
  connection: Connection,
  file: OpenedFile,
  match: KnownContent,
): Promise<ResumePoint | undefined> {
  if (!isText(file)) return undefined;
  // What was added to an older state would stand at positions that are taken.
  const source = match.isLatest ? { sourceId: match.sourceId } : {};
  const around = await bytesAt(file, match.bytes - 1, 3);
  if (around[0] === LF) return { bytes: match.bytes, line: match.nextLine, ...source };
  const end = around[1] === CR ? 2 : 1;
  if (around[end] === LF) {
    return { bytes: match.bytes + end, line: match.nextLine, ...source };
  }
  return cutOffLine(connection, match, around[0]);
}
