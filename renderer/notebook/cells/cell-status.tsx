import { VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconHourglass,
} from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { CellState } from '../../../pipeline/contract/notebook.ts';
import classes from './cell.module.css';
import { statusWords, tookWords } from './status-words.ts';

const icons: Readonly<Record<Exclude<CellState['status'], 'running'>, ReactNode>> = {
  idle: <IconCircleDashed size={13} />,
  waiting: <IconHourglass size={13} />,
  done: <IconCheck size={13} />,
  failed: <IconAlertTriangle size={13} />,
  cancelled: <IconBan size={13} />,
  stale: <IconClock size={13} />,
};

/** Seconds since it was drawn first; a quick cell never shows any. */
function Running() {
  const [begun] = useState(() => performance.now());
  const [now, setNow] = useState(begun);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 200);
    return () => clearInterval(timer);
  }, []);
  return <>{now - begun < 400 ? 'Running' : `Running ${tookWords(now - begun)}`}</>;
}

/** How a cell stands: a mark and words, the same for those who listen. */
export function CellStatus({ state }: { state: CellState | undefined }) {
  if (state === undefined) return null;
  const { status, progress } = state;
  const words = statusWords(state);
  return (
    <span className={classes['status']} data-status={status} data-testid="cell-status">
      <i aria-hidden="true">
        {status === 'running' ? <span className={classes['spinner']} /> : icons[status]}
      </i>
      {status === 'done' ? <VisuallyHidden>Done</VisuallyHidden> : null}
      <span>
        {status === 'running' ? <Running /> : words}
        {status === 'running' && progress !== undefined ? ` · ${progress.note}` : ''}
      </span>
    </span>
  );
}
