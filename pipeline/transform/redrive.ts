import { noCounts, type StepCounts } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';
import { withRoom } from '../engine/with-room.ts';
import { type CompiledMapping, compileMapping, parseMapping } from '../mapping/mapping.ts';
import type { RecordFormat } from '../mapping/record-sql.ts';
import { positionSql } from '../mapping/staging-sql.ts';
import { ownFault } from './own-fault.ts';
import { addCounts } from './silver-step.ts';
import type { SqlModel } from './sql-model.ts';
import { checkSilver, dropStaging, stagedCounts, stageRecords } from './stage.ts';

export interface RedriveOptions {
  readonly models: readonly SqlModel[];
  /** Only records quarantined for this reason. */
  readonly reason?: string;
  /** The mapping of that name as it is today, or undefined to use the one that the source was read with. */
  readonly currentMapping: (preset: string) => CompiledMapping | undefined;
  readonly now: () => Date;
}

interface Source {
  source_id: number;
  preset: string;
  mapping: string;
  format: string;
  [column: string]: string | number;
}

/** Moves the counts of the batches by what the records did this time, and gives their sum. */
async function moveCounts(connection: Connection): Promise<StepCounts> {
  const byBatch = await stagedCounts(connection);
  for (const counts of byBatch) {
    await connection.run(
      `update ops.batches set accepted = accepted + $accepted::bigint, duplicate = duplicate + $duplicate::bigint,
         ignored = ignored + $ignored::bigint,
         quarantined = quarantined - ($accepted::bigint + $duplicate::bigint + $ignored::bigint)
       where batch_id = $batch::bigint`,
      {
        batch: counts.batch_id,
        accepted: counts.accepted,
        duplicate: counts.duplicate,
        ignored: counts.ignored,
      },
    );
  }
  return byBatch.reduce(addCounts, noCounts);
}

async function redriveSource(
  connection: Connection,
  source: Source,
  options: RedriveOptions,
): Promise<StepCounts> {
  const compiled =
    options.currentMapping(source.preset) ??
    compileMapping(parseMapping(source.mapping, source.preset));
  return connection.transaction(async () => {
    await connection.run(
      `create or replace temp table redriven as
       select batch_id, source_id, partition, position from ops.quarantine
       where source_id = $source and ($reason is null or reason = $reason)`,
      { source: source.source_id, reason: options.reason ?? null },
    );
    const place = '(batch_id, source_id, partition, position)';
    await connection.run(`delete from ops.quarantine where ${place} in (from redriven)`);
    const batches = await connection.strings('select distinct batch_id::varchar from redriven');
    await stageRecords(connection, {
      compiled,
      format: JSON.parse(source.format) as RecordFormat,
      where: `(r.batch_id, r.source_id, r.partition, ${positionSql}) in (from redriven)`,
      models: options.models,
      now: sqlTimestamp(options.now()),
    });
    await checkSilver(connection, options.models, batches.join(', '));
    const counts = await moveCounts(connection);
    await connection.run('update ops.sources set mapping = $mapping where source_id = $source', {
      mapping: JSON.stringify(compiled.mapping),
      source: source.source_id,
    });
    await dropStaging(connection);
    await connection.run('drop table redriven');
    return counts;
  });
}

/** Gives quarantined records another try, with the mapping as it is today; what still fails stays in quarantine. */
export async function redrive(
  connection: Connection,
  options: RedriveOptions,
): Promise<(StepCounts & { source: number })[]> {
  const sources = await connection.rows<Source>(
    `select source_id, preset, mapping, format from ops.sources
     where source_id in (select source_id from ops.quarantine where $reason is null or reason = $reason)
     order by source_id`,
    { reason: options.reason ?? null },
  );
  const results: (StepCounts & { source: number })[] = [];
  for (const source of sources) {
    const counts = await ownFault(`redriving records of the preset "${source.preset}"`, () =>
      withRoom(connection, () => redriveSource(connection, source, options)),
    );
    results.push({ source: source.source_id, ...counts });
  }
  return results;
}
