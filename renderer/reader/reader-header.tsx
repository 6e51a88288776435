import { Button, Popover } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useHost } from '../host/host-context.tsx';
import { toProblem } from '../host/problem.ts';
import { saveFile } from '../notebook/share/save-file.ts';
import { Logo } from '../ui/logo.tsx';
import { SchemeToggle } from '../ui/scheme-toggle.tsx';
import type { PageContent } from './page-content.ts';
import classes from './reader.module.css';
import { treatmentWords, type ShareRecord } from './share-record.ts';

function dayWords(at: string | null): string {
  if (at === null) return '';
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date(at));
  return ` on ${day}`;
}

function Treatment({ record }: { record: ShareRecord }) {
  const [opened, setOpened] = useState(false);
  const words = treatmentWords(record);
  if (words.length === 0) return null;
  return (
    <>
      {' · '}
      <Popover position="bottom-start" withArrow opened={opened} onChange={setOpened}>
        <Popover.Target>
          <button
            type="button"
            className={classes['done']}
            onClick={() => setOpened(!opened)}
            onKeyDown={({ key }) => {
              if (key === 'Escape') setOpened(false);
            }}
          >
            what was done to the data
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <ul className={classes['list']}>
            {words.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}

function SaveCopy({ path }: { path: string }) {
  const { client } = useHost();
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const choices = { outputs: true, columns: {}, aggregated: [], minimumCount: 0 };
    try {
      const wanted = { id: 'shared', format: 'ipynb', choices } as const;
      const { file } = await client.notebooks.export(wanted);
      saveFile({ name: path, file });
      setProblem(null);
    } catch (error) {
      setProblem(toProblem(error).message);
    }
  };
  return (
    <>
      {problem === null ? null : <span role="alert">{problem}</span>}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={15} aria-hidden="true" />}
        title="The notebook as it is now, as an .ipynb; changes last only as long as this page is open"
        onClick={() => void save()}
      >
        Save a copy
      </Button>
    </>
  );
}

export function ReaderHeader({ content }: { content: PageContent }) {
  const { title, path, record } = content;
  return (
    <header className={classes['header']}>
      <div className={classes['inner']}>
        <Logo size={28} />
        <div className={classes['words']}>
          <h1 className={classes['title']} title={title}>
            {title}
          </h1>
          <p className={classes['shared']}>
            Shared with Strata{dayWords(record.at)}
            <Treatment record={record} />
          </p>
        </div>
        <SaveCopy path={path} />
        <SchemeToggle />
      </div>
    </header>
  );
}
