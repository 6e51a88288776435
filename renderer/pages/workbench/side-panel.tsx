import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';
import { RunPanel, type Way } from '../../panels/run/run-panel.tsx';
import type { JobFeed } from '../../panels/run/use-job-feed.ts';
import classes from './workbench-page.module.css';

interface SidePanelProps {
  readonly hidden: boolean;
  readonly way: Way;
  readonly onWay: (way: Way) => void;
  readonly feed: JobFeed;
  readonly status: WorkspaceStatus | null;
  readonly failed: boolean;
  readonly connected: boolean;
}

/** The ways in, hidden rather than gone in other views: what was typed stays, and a file that is being sent goes on. */
export function SidePanel({ hidden, status, ...props }: SidePanelProps) {
  return (
    <aside className={classes['side']} aria-label="Bring data in" hidden={hidden}>
      <RunPanel presets={status?.presets ?? null} lastRun={status?.lastRun ?? null} {...props} />
    </aside>
  );
}
