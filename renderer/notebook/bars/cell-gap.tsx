import { IconPlus } from '@tabler/icons-react';
import { memo, useCallback, useState } from 'react';
import { AddMenu } from './add-menu.tsx';
import classes from './bars.module.css';

/** The space between two cells, where another can be put. The menu is made when it is asked for. */
export const CellGap = memo(function CellGap({ after }: { after: string | null }) {
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <div className={classes['gap']} data-open={open}>
      <button
        type="button"
        className={classes['plus']}
        aria-label="Add a cell here"
        title="Add a cell here"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <IconPlus size={13} aria-hidden="true" />
      </button>
      {open ? <AddMenu after={() => after} onClose={close} /> : null}
    </div>
  );
});
