import { Button } from '@mantine/core';
import { IconClockPlay, IconPlayerPlay } from '@tabler/icons-react';
import { plural } from '../../ui/format.ts';
import classes from './stale-note.module.css';

interface StaleNoteProps {
  readonly pending: number;
  readonly disabled: boolean;
  readonly onRun: () => void;
}

/** Records that are in the workspace but not yet in what it shows. */
export function StaleNote({ pending, disabled, onRun }: StaleNoteProps) {
  return (
    <div className={classes['stale']} role="status" data-testid="stale">
      <IconClockPlay size={20} aria-hidden="true" />
      <p>
        <strong>{plural(pending, 'record')} landed that the charts do not show yet.</strong> A run
        cleans them and brings features, segments and KPIs up to date.
      </p>
      <Button
        size="compact-md"
        leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
        disabled={disabled}
        onClick={onRun}
      >
        Run
      </Button>
    </div>
  );
}
