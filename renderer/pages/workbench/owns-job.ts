import { jobKind, type JobState } from '../../panels/run/job-state.ts';
import type { View } from './views.ts';

/** Whether the view tells of the job itself: the overview of every one, tuning and value of those that they start. */
export function ownsJob(view: View, state: JobState): boolean {
  const kind = jobKind(state);
  switch (view) {
    case 'overview':
      return true;
    case 'tuning':
      return kind === null || kind === 'sweep' || kind === 'train';
    case 'value':
      return kind === null || kind === 'clv';
    case 'features':
    case 'segments':
    case 'kpis':
    case 'tables':
    case 'notebooks':
      return false;
  }
}
