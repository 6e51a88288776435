import { AppError, asAppError } from '../contract/errors.ts';
import type { JobEvent, JobInfo, JobInput } from '../contract/schemas.ts';
import { JobLog } from './job-log.ts';
import { jobTitle } from './job-title.ts';
import type { HostLogger } from './logger.ts';
import type { Workbench } from './workbench.ts';

export interface JobEffects {
  readonly now: () => Date;
  readonly newId: () => string;
  readonly logger: HostLogger;
}

interface Job {
  readonly id: string;
  readonly kind: JobInput['kind'];
  readonly title: string;
  readonly startedAt: string;
  readonly log: JobLog;
  readonly abort: AbortController;
  /** Resolves when the work has stopped and its end event is in the log; never rejects. */
  readonly settled: Promise<void>;
}

const finishedKept = 50;

function info({ id, kind, title, startedAt, log }: Omit<Job, 'settled'>): JobInfo {
  return { id, kind, title, startedAt, last: log.last };
}

function endOf(error: unknown, aborted: boolean): JobEvent {
  const stopped = aborted && error instanceof Error && error.name === 'AbortError';
  const { code, message, next } = asAppError(error);
  if (stopped || code === 'CANCELLED') return { kind: 'cancelled' };
  return { kind: 'failed', error: { code, message, next } };
}

/** The long work of a host: one at a time, known by id, going on whether anybody watches or not. */
export class Jobs {
  readonly #workbench: Pick<Workbench, 'runJob'>;
  readonly #effects: JobEffects;
  readonly #jobs = new Map<string, Job>();

  constructor(workbench: Pick<Workbench, 'runJob'>, effects: JobEffects) {
    this.#workbench = workbench;
    this.#effects = effects;
  }

  /** How many are watching any job just now. */
  get watchers(): number {
    return [...this.#jobs.values()].reduce((sum, job) => sum + job.log.watchers, 0);
  }

  /** In the order in which they started. */
  list(): JobInfo[] {
    return [...this.#jobs.values()].map(info);
  }

  /** Starts a job and does not wait for it; throws JOB_CONFLICT while another one runs. */
  start(input: JobInput): JobInfo {
    const running = this.#running();
    if (running !== undefined) throw new AppError('JOB_CONFLICT', { running: running.title });
    const log = new JobLog();
    const abort = new AbortController();
    const { now, newId } = this.#effects;
    const about = { id: newId(), kind: input.kind, title: jobTitle(input) };
    const begun = { ...about, startedAt: now().toISOString(), log, abort };
    const job = { ...begun, settled: this.#run(input, begun) };
    this.#jobs.set(job.id, job);
    this.#forgetOldest();
    return info(job);
  }

  /** The job's events from its start, then live ones, until its end or until the signal is aborted. */
  watch(id: string, signal?: AbortSignal): AsyncGenerator<JobEvent, void, undefined> {
    return this.#job(id).log.follow(signal);
  }

  /** Asks a job to stop, waits until it has, and says whether it ended cancelled rather than done or failed. */
  async cancel(id: string): Promise<{ cancelled: boolean }> {
    const job = this.#job(id);
    job.abort.abort();
    await job.settled;
    return { cancelled: job.log.last?.kind === 'cancelled' };
  }

  /** Resolves when no job is running. */
  async idle(): Promise<void> {
    for (let job = this.#running(); job !== undefined; job = this.#running()) await job.settled;
  }

  /** Stops the running job, if any, and waits until it has ended. */
  async close(): Promise<void> {
    const running = this.#running();
    if (running !== undefined) await this.cancel(running.id);
  }

  async #run(input: JobInput, { log, abort, title }: Omit<Job, 'settled'>): Promise<void> {
    try {
      const report = (
        progress: Parameters<Parameters<Workbench['runJob']>[1]['report']>[0],
      ): void => log.append({ kind: 'progress', ...progress });
      const summary = await this.#workbench.runJob(input, { signal: abort.signal, report });
      log.append({ kind: 'done', summary });
    } catch (error) {
      const end = endOf(error, abort.signal.aborted);
      if (end.kind === 'failed' && end.error.code === 'INTERNAL') {
        this.#effects.logger.error(`The job "${title}" failed`, error);
      }
      log.append(end);
    }
  }

  #job(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new AppError('JOB_UNKNOWN', { job: id });
    return job;
  }

  #running(): Job | undefined {
    return [...this.#jobs.values()].find((job) => !job.log.ended);
  }

  #forgetOldest(): void {
    const finished = [...this.#jobs.values()].filter((job) => job.log.ended);
    for (const job of finished.slice(0, Math.max(0, finished.length - finishedKept))) {
      this.#jobs.delete(job.id);
    }
  }
}
