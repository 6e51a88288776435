import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { NotebookView } from '../../notebook/notebook-view.tsx';
import { useNotebookSession } from '../../notebook/session/use-notebook-session.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { notebookHash, notebookTitle } from './notebook-address.ts';
import classes from './notebooks.module.css';

interface OpenNotebookProps {
  readonly path: string;
  readonly tables: readonly string[];
  readonly onClose: () => void;
}

function Opened({ path, tables, onClose, again }: OpenNotebookProps & { again: () => void }) {
  const opening = useNotebookSession(path);
  const title = notebookTitle(path);
  switch (opening.kind) {
    case 'opening':
      return (
        <div className={classes['opening']} aria-busy="true">
          <VisuallyHidden role="status">Opening {title}</VisuallyHidden>
          <Skeleton height={32} width={320} />
          <Skeleton height={90} mt={26} />
          <Skeleton height={220} mt={20} />
        </div>
      );
    case 'failed':
      return (
        <Card title={title}>
          <ErrorState {...opening.problem} onRetry={again} />
          <p className={classes['back']}>
            <a href={notebookHash(null)}>All notebooks</a>
          </p>
        </Card>
      );
    case 'open':
      return (
        <NotebookView
          session={opening.session}
          title={title}
          tables={tables}
          place={{ kind: 'workspace', onBack: onClose }}
        />
      );
  }
}

/** One notebook, or why it is not there. */
export function OpenNotebookPage(props: OpenNotebookProps) {
  const [attempt, setAttempt] = useState(0);
  return <Opened key={attempt} {...props} again={() => setAttempt(attempt + 1)} />;
}
