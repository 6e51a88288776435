import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { toProblem } from '../../host/problem.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import classes from './notebooks.module.css';
import { useAdoptNotebook, useCreateNotebook } from './queries.ts';

/** Two ways to a notebook: a new one by its title, or a file from elsewhere. */
export function NewNotebook({ onOpen }: { onOpen: (path: string) => void }) {
  const [title, setTitle] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const input = useId();
  const create = useCreateNotebook();
  const adopt = useAdoptNotebook();
  const failed = create.error ?? adopt.error;
  return (
    <>
      <form
        className={classes['new']}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(title.trim(), { onSuccess: ({ path }) => onOpen(path) });
        }}
      >
        <TextInput
          size="xs"
          w={260}
          aria-label="Title of the new notebook"
          placeholder="Title of a new notebook"
          maxLength={120}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="xs"
          loading={create.isPending}
          disabled={title.trim() === ''}
          leftSection={<IconPlus size={15} aria-hidden="true" />}
        >
          New notebook
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={adopt.isPending}
          leftSection={<IconUpload size={15} aria-hidden="true" />}
          onClick={() => file.current?.click()}
        >
          Import .ipynb
        </Button>
        <input
          ref={file}
          id={input}
          type="file"
          accept=".ipynb,application/x-ipynb+json,application/json"
          aria-label="Notebook to import"
          hidden
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            if (chosen !== undefined)
              adopt.mutate(chosen, { onSuccess: ({ path }) => onOpen(path) });
            event.currentTarget.value = '';
          }}
        />
      </form>
      {failed === null ? null : (
        <div className={classes['failed']}>
          <ErrorState {...toProblem(failed)} />
        </div>
      )}
    </>
  );
}
