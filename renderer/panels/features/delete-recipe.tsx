import { ActionIcon, Button, Popover } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './recipe.module.css';

/** Asks once more: a deleted recipe does not come back. */
export function DeleteRecipe({ name, onDelete }: { name: string; onDelete: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus withArrow>
      <Popover.Target>
        <ActionIcon
          size={30}
          variant="subtle"
          color="gray"
          aria-label={`Delete ${name}`}
          onClick={() => setOpen(!open)}
        >
          <IconTrash size={16} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes['question']}>
          Delete <b>{name}</b>? Models that were trained with it stay.
        </p>
        <div className={classes['answers']}>
          <Button size="compact-sm" variant="default" onClick={() => setOpen(false)}>
            Keep it
          </Button>
          <Button
            size="compact-sm"
            color="red.8"
            onClick={() => {
              setOpen(false);
              onDelete();
            }}
          >
            Delete
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
