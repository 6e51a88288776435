import type { JobEvent } from '../contract/schemas.ts';

export type Progress = Extract<JobEvent, { kind: 'progress' }>;

export interface JobContext {
  readonly signal: AbortSignal;
  readonly report: (progress: Omit<Progress, 'kind'>) => void;
}
