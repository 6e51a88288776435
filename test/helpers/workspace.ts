import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { asAppError, type ErrorCode } from '../../pipeline/contract/errors.ts';
import type { StepCounts } from '../../pipeline/contract/schemas.ts';
import type { Connection } from '../../pipeline/engine/engine.ts';
import { type CompiledMapping, compileMapping, mapping } from '../../pipeline/mapping/mapping.ts';
import { presets } from '../../pipeline/mapping/presets.ts';
import type { FileFormat } from '../../pipeline/sources/files/detect-format.ts';
import { ingestFile } from '../../pipeline/sources/files/node/ingest-file.ts';
import type { IngestReport } from '../../pipeline/sources/landing.ts';
import { loadModels } from '../../pipeline/transform/node/load-models.ts';
import { silverStep } from '../../pipeline/transform/silver-step.ts';
import type { SqlModel } from '../../pipeline/transform/sql-model.ts';
import { openWorkspace, type Workspace } from '../../pipeline/workspace/node/workspace.ts';

export type Content = string | Uint8Array;

export interface RawRow {
  readonly position: number;
  /** One character a byte, so that nothing is lost in a comparison; null where the value is NULL. */
  readonly text: string | null;
}

/** What became of one record of a source of transactions. */
export interface Fate {
  readonly position: number;
  readonly outcome: string;
  readonly amount: string | null;
}

export const latin = (content: Content): string => Buffer.from(content).toString('latin1');

export function preset(name: string): CompiledMapping {
  const found = presets.get(name);
  if (found === undefined) throw new Error(`no preset ${name}`);
  return compileMapping(found);
}

/** A mapping of transactions that are known by their position. */
export function transactions(fields: Record<string, string>, more: object = {}): CompiledMapping {
  const base = { name: 'custom', kind: 'transactions', identity: 'position', fields };
  return compileMapping(mapping.parse({ ...base, ...more }));
}

/** The code that something threw. */
export async function codeOf(work: () => unknown): Promise<ErrorCode | 'none'> {
  try {
    await work();
    return 'none';
  } catch (error) {
    return asAppError(error).code;
  }
}

export class TemporaryWorkspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'strata-test-'));
  readonly path: string;
  #workspace: Workspace | undefined;
  #runs = 0;

  constructor(path?: string) {
    this.path = path ?? join(this.folder, 'workspace');
  }

  get connection(): Connection {
    if (this.#workspace === undefined) throw new Error('the workspace is not open');
    return this.#workspace.writer;
  }

  async open(): Promise<this> {
    this.#workspace = await openWorkspace(this.path, { create: true });
    return this;
  }

  async shut(): Promise<void> {
    await this.#workspace?.close();
    this.#workspace = undefined;
  }

  async remove(): Promise<void> {
    await this.shut();
    rmSync(this.folder, { recursive: true, force: true });
  }

  file(name: string, content: Content): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  ingest(
    name: string,
    content: Content,
    options: { compiled?: CompiledMapping; format?: FileFormat } = {},
  ): Promise<IngestReport> {
    const { compiled = preset('bank'), format } = options;
    const path = this.file(name, content);
    return ingestFile(this.connection, {
      path,
      compiled,
      ...(format === undefined ? {} : { format }),
    });
  }

  transform(models: readonly SqlModel[] = loadModels('silver')): Promise<StepCounts> {
    const now = (): Date => new Date('2026-01-02T03:04:05Z');
    return silverStep(this.connection, { models, runId: ++this.#runs, now });
  }

  /** The raw records of a source, the newest one unless given. */
  async raw(source?: number): Promise<RawRow[]> {
    const rows = await this.connection.rows<{ position: number; value: Uint8Array | null }>(
      `select position, value from raw.records
       where source_id = coalesce($source, (select max(source_id) from ops.sources)) order by position`,
      { source: source ?? null },
    );
    return rows.map(({ position, value }) => ({
      position,
      text: value === null ? null : latin(value),
    }));
  }

  /** What became of each record of the newest source. */
  async fates(): Promise<Fate[]> {
    return this.connection.rows<Fate & Record<string, string | number | null>>(
      `select r.position, coalesce(q.reason, d.outcome, case when t.position is not null then 'accepted' end) as outcome,
         cast(t.amount as varchar) as amount
       from raw.records r
       left join silver.transactions t using (source_id, partition, position)
       left join ops.quarantine q using (source_id, partition, position)
       left join ops.discarded d using (source_id, partition, position)
       where r.source_id = (select max(source_id) from ops.sources) order by r.position`,
    );
  }

  /** Conservation, record by record: each processed one is in exactly one place, and the batches say so too. */
  async expectConserved(): Promise<void> {
    const lost = await this.connection.rows(
      `with places as (
         select batch_id, source_id, partition, position, 'accepted' as place from silver.transactions where lines = 0
         union all select batch_id, source_id, partition, position, 'accepted' from silver.transaction_lines
         union all select batch_id, source_id, partition, position, 'accepted' from silver.engagement
         union all select batch_id, source_id, partition, position, 'quarantined' from ops.quarantine
         union all select batch_id, source_id, partition, position, outcome from ops.discarded
       )
       select source_id, partition, position, count(place) as places
       from raw.records r full join places using (batch_id, source_id, partition, position)
       where source_id not in (select source_id from ops.sources where mapping like '%"kind":"customers"%')
       group by all having count(place) <> 1 or count(r.batch_id) <> 1`,
    );
    const counted = await this.connection.rows(
      `select batch_id, records, count(r.batch_id) as landed from ops.batches b left join raw.records r using (batch_id)
       group by all having records <> count(r.batch_id)
         or records is distinct from any_value(b.accepted + b.duplicate + b.quarantined + b.ignored)`,
    );
    const orphans = await this.connection.rows(
      'select count(*) as n from raw.records where batch_id not in (select batch_id from ops.batches)',
    );
    expect({ lost, counted, orphans }).toEqual({ lost: [], counted: [], orphans: [{ n: 0 }] });
  }
}

export function temporaryWorkspace(): Promise<TemporaryWorkspace> {
  return new TemporaryWorkspace().open();
}
