import type { Fits, SweepTask } from '../fit-sweep.ts';

/** What the harness has a page do. */
export interface Asked {
  /** Where the points are served: Float64, row-major. */
  readonly points: string;
  readonly columns: number;
  readonly task: SweepTask;
}

export interface Answer extends Fits {
  readonly threads: number;
  readonly sharesMemory: boolean;
}

export interface Bench {
  sweep(asked: Asked): Promise<Answer>;
}
