import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useOpenNotebook } from '../session/notebook-context.tsx';
import { AddMenu } from './add-menu.tsx';
import classes from './bars.module.css';

/** Adds a cell below the selected one. */
export function AddButton() {
  const { session } = useOpenNotebook();
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const after = (): string | null => {
    const { selection, content } = session.state();
    return selection?.head ?? content.order.at(-1) ?? null;
  };
  return (
    <span className={classes['anchor']}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden="true" />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        Add
      </Button>
      {open ? <AddMenu after={after} onClose={close} /> : null}
    </span>
  );
}
