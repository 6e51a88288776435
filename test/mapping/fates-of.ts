import type { Fate, TemporaryWorkspace } from '../helpers/workspace.ts';

const files = new WeakMap<TemporaryWorkspace, number>();

/** What becomes of records that differ in one field, written as it stands. */
export async function fatesOf(
  workspace: TemporaryWorkspace,
  write: (value: string) => string,
  values: readonly string[],
): Promise<Fate[]> {
  const file = (files.get(workspace) ?? 0) + 1;
  files.set(workspace, file);
  // The number of the file keeps its content from being known.
  const lines = values.map((value) => write(value).replace('{', `{"file":${file},`));
  await workspace.ingest(`v${file}.ndjson`, lines.join('\n'));
  await workspace.transform();
  await workspace.expectConserved();
  return workspace.fates();
}
