import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import { sameName } from './given-names.ts';
import { knownSegments, latestModel } from './model-store.ts';

/** The tables of gold, made by models, that say what a segment is called; history keeps the names that were. */
const tables = [
  'gold.customer_segments',
  'gold.customer_profiles',
  'gold.segment_kpis',
  'gold.segment_kpis_monthly',
];

async function existing(connection: Connection): Promise<string[]> {
  const found = await connection.strings(
    "select concat(schema_name, '.', table_name) from duckdb_tables() where schema_name = 'gold'",
  );
  return tables.filter((table) => found.includes(table));
}

/** Names a segment of the current model; the name stays with its id through every later one. */
export async function renameSegment(
  connection: Connection,
  { segmentId, name }: { segmentId: number; name: string },
): Promise<void> {
  const model = await latestModel(connection);
  if (model === null) throw new AppError('NO_SEGMENT_MODEL');
  const segment = model.segments.find(({ id }) => id === segmentId);
  if (segment === undefined) {
    const known = model.segments.map(({ id, name }) => `${id} (${name})`).join(', ');
    throw new AppError('SEGMENT_UNKNOWN', { segment: segmentId, known });
  }
  for (const [id, other] of await knownSegments(connection)) {
    if (id === segmentId || !sameName(other, name)) continue;
    throw new AppError('SEGMENT_NAME_TAKEN', { segment: id, name });
  }
  await connection.transaction(async () => {
    await connection.run('delete from ops.segment_names where segment_id = $id', { id: segmentId });
    await connection.run('insert into ops.segment_names values ($id, $name)', {
      id: segmentId,
      name,
    });
    const named = { id: segmentId, name };
    await connection.run(
      'update ops.previous_segments set segment_name = $name where segment_id = $id',
      named,
    );
    for (const side of ['from', 'to']) {
      await connection.run(
        `update gold.segment_migration set ${side}_segment_name = $name where ${side}_segment_id = $id`,
        named,
      );
    }
    for (const table of await existing(connection)) {
      await connection.run(`update ${table} set segment_name = $name where segment_id = $id`, {
        id: segmentId,
        name,
      });
    }
  });
}
