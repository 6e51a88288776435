import { asAppError } from '../contract/errors.ts';
import { noCounts, type RunReport, type StepCounts, type StepReport } from '../contract/schemas.ts';
import type { Connection } from '../engine/engine.ts';
import { sqlTimestamp } from '../engine/sql-timestamp.ts';

export interface RunEffects {
  readonly now: () => Date;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
}

export const defaultEffects: RunEffects = {
  now: () => new Date(),
  elapsed: () => performance.now(),
};

export type StepResult = StepCounts | 'skipped';

/** The log of one run: every step with its counts and how long it took, written as soon as it is known. */
export class RunLog {
  readonly runId: number;
  readonly steps: StepReport[] = [];
  readonly #connection: Connection;
  readonly #effects: RunEffects;
  readonly #began: number;

  private constructor(connection: Connection, runId: number, effects: RunEffects) {
    this.#connection = connection;
    this.#effects = effects;
    this.#began = effects.elapsed();
    this.runId = runId;
  }

  static async start(connection: Connection, effects: RunEffects): Promise<RunLog> {
    // A run that a kill cut off can only be found by its row.
    await connection.run(
      `update ops.runs set status = 'failed', error_code = 'INTERNAL', error = 'the process ended during the run'
       where status = 'running'`,
    );
    const [row] = await connection.rows<{ id: number }>(
      'select coalesce(max(run_id), 0) + 1 as id from ops.runs',
    );
    const runId = row?.id ?? 1;
    await connection.run(
      `insert into ops.runs by name
       select $id::bigint as run_id, $now::timestamp as started_at, 'running' as status`,
      { id: runId, now: sqlTimestamp(effects.now()) },
    );
    return new RunLog(connection, runId, effects);
  }

  /** Runs a step and logs it, whether it works, has nothing to do, or fails. */
  async step(name: string, work: () => Promise<StepResult>): Promise<void> {
    const startedAt = this.#effects.now();
    const began = this.#effects.elapsed();
    try {
      const result = await work();
      const counts = result === 'skipped' ? noCounts : result;
      await this.#record(
        { step: name, status: result === 'skipped' ? 'skipped' : 'done', ...counts },
        startedAt,
        began,
      );
    } catch (error) {
      await this.#record({ step: name, status: 'failed', ...noCounts }, startedAt, began);
      throw error;
    }
  }

  async finish(asOf: string | null): Promise<RunReport> {
    await this.#end('done', asOf, undefined);
    return this.#report('done', asOf);
  }

  async fail(error: unknown): Promise<void> {
    const { code } = asAppError(error);
    try {
      await this.#end(code === 'CANCELLED' ? 'cancelled' : 'failed', null, error);
    } catch {
      // The disk may be full: the error that ended the run is the one to tell.
    }
  }

  #report(status: RunReport['status'], asOf: string | null): RunReport {
    const milliseconds = this.#effects.elapsed() - this.#began;
    return { runId: this.runId, status, asOf, steps: this.steps, milliseconds };
  }

  async #record(
    step: Omit<StepReport, 'milliseconds'>,
    startedAt: Date,
    began: number,
  ): Promise<void> {
    const report: StepReport = { ...step, milliseconds: this.#effects.elapsed() - began };
    this.steps.push(report);
    try {
      await this.#connection.run(
        `insert into ops.steps by name select $run::bigint as run_id, $step as step, $status as status,
           $read::bigint as read, $accepted::bigint as accepted, $duplicate::bigint as duplicate,
           $quarantined::bigint as quarantined, $ignored::bigint as ignored,
           $started::timestamp as started_at, $milliseconds::double as milliseconds`,
        { run: this.runId, started: sqlTimestamp(startedAt), ...report },
      );
    } catch (error) {
      // The step's own error is the one to tell.
      if (report.status !== 'failed') throw error;
    }
  }

  async #end(status: RunReport['status'], asOf: string | null, error: unknown): Promise<void> {
    const known = error === undefined ? undefined : asAppError(error);
    await this.#connection.run(
      `update ops.runs set finished_at = $now::timestamp, status = $status, as_of = $as_of::date,
         error_code = $code, error = $error where run_id = $id::bigint`,
      {
        id: this.runId,
        now: sqlTimestamp(this.#effects.now()),
        status,
        as_of: asOf,
        code: known?.code ?? null,
        error: known?.message ?? null,
      },
    );
  }
}
