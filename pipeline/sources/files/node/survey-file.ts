import { LineSurvey } from '../line-survey.ts';
import { ContentDigest, type KnownContent } from './known-content.ts';
import { LONGEST_LINE } from './land-records.ts';
import { isText, type OpenedFile, readContent } from './open-file.ts';

export interface Survey {
  readonly bytes: number;
  readonly digest: string;
  readonly match: KnownContent | undefined;
  readonly lines: LineSurvey;
}

/**
 * One pass over a file: its SHA-256, whether it landed before, and what its lines look like. Text is known by what
 * it says, packed with gzip or not; anything else by its bytes as they are stored.
 */
export async function surveyFile(
  file: OpenedFile,
  known: readonly KnownContent[],
  signal: AbortSignal | undefined,
): Promise<Survey> {
  const digest = new ContentDigest(known);
  const lines = new LineSurvey({ delimiter: file.header?.delimiter, longest: LONGEST_LINE });
  const onBytes = (chunk: Buffer): void => digest.add(chunk);
  for await (const chunk of readContent(file, { onBytes, signal, reuse: true })) {
    if (isText(file)) lines.add(chunk);
  }
  lines.finish();
  return { ...digest.finish(), match: digest.match, lines };
}
