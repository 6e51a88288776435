import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import { NotebookView } from '../notebook/notebook-view.tsx';
import { useNotebookSession } from '../notebook/session/use-notebook-session.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { EngineLine } from './engine-line.tsx';
import { Licences } from './licences.tsx';
import type { PageContent } from './page-content.ts';
import type { PageHost } from './page-host.ts';
import { ReaderHeader } from './reader-header.tsx';
import classes from './reader.module.css';

interface ReaderProps {
  readonly content: PageContent;
  readonly host: PageHost;
}

function Notebook({ content, host }: ReaderProps) {
  const opening = useNotebookSession(content.path);
  useEffect(() => {
    // After the first paint. The host opens the notebook before it unpacks the engine.
    const frame = requestAnimationFrame(() => setTimeout(() => void host.startEngine()));
    return () => cancelAnimationFrame(frame);
  }, [host]);
  switch (opening.kind) {
    case 'opening':
      return (
        <div className={classes['opening']} aria-busy="true">
          <VisuallyHidden role="status">Opening the notebook</VisuallyHidden>
          <Skeleton height={32} width={320} />
          <Skeleton height={90} mt={26} />
          <Skeleton height={220} mt={20} />
        </div>
      );
    case 'failed':
      return <ErrorState {...opening.problem} />;
    case 'open':
      return (
        <NotebookView
          session={opening.session}
          title={content.title}
          tables={content.tables.filter(({ kind }) => kind === 'workspace').map(({ name }) => name)}
          place={{ kind: 'page', status: <EngineLine engine={host.engine} /> }}
        />
      );
  }
}

/** A notebook that somebody shared, with the engine that it brings along. */
export function ReaderPage(props: ReaderProps) {
  return (
    <>
      <ReaderHeader content={props.content} />
      <main className={classes['main']}>
        <Notebook {...props} />
      </main>
      <footer className={classes['footer']}>
        <Licences />
      </footer>
    </>
  );
}
