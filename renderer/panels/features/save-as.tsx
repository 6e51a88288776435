import { Button, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './recipe.module.css';

interface SaveAsProps {
  readonly names: readonly string[];
  readonly suggested: string;
  readonly busy: boolean;
  readonly onSave: (name: string) => void;
}

/** Asks for the name that the recipe is kept under. */
export function SaveAs({ names, suggested, busy, onSave }: SaveAsProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? '').trim();
  const taken = names.includes(name);
  return (
    <Popover
      opened={typed !== null}
      onChange={(open) => setTyped(open ? suggested : null)}
      position="bottom-end"
      trapFocus
      withArrow
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          loading={busy}
          onClick={() => setTyped(typed === null ? suggested : null)}
        >
          Save as
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes['naming']}
          onSubmit={(event) => {
            event.preventDefault();
            if (name === '') return;
            onSave(name);
            setTyped(null);
          }}
        >
          <TextInput
            size="xs"
            label="Name of the recipe"
            placeholder="RFM, log and standard"
            maxLength={80}
            data-autofocus
            value={typed ?? ''}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <p className={classes['question']}>
            {taken
              ? 'A recipe has this name; saving replaces it.'
              : 'The recipe stays with this workspace.'}
          </p>
          <div className={classes['answers']}>
            <Button size="compact-sm" type="submit" disabled={name === ''}>
              {taken ? 'Replace' : 'Save'}
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
