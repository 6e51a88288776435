import { Skeleton } from '@mantine/core';
import { IconNotebook } from '@tabler/icons-react';
import { toProblem } from '../../host/problem.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';
import { NewNotebook } from './new-notebook.tsx';
import { NotebookRows } from './notebook-rows.tsx';
import { useNotebookList } from './queries.ts';

function Files() {
  const list = useNotebookList();
  if (list.data === undefined) {
    return list.error === null ? (
      <Skeleton height={220} mt={14} />
    ) : (
      <ErrorState {...toProblem(list.error)} onRetry={() => void list.refetch()} />
    );
  }
  if (list.data.length === 0) {
    return (
      <QuietState icon={<IconNotebook size={28} />} title="No notebooks yet" height={300}>
        A notebook keeps text, SQL, charts and sliders in one .ipynb file that reruns and can be
        shared. Give one a title above, or import a file.
      </QuietState>
    );
  }
  return <NotebookRows files={list.data} />;
}

/** The notebooks of the workspace. */
export function NotebookList({ onOpen }: { onOpen: (path: string) => void }) {
  return (
    <Card title="Notebooks" testId="notebook-list" aside={<NewNotebook onOpen={onOpen} />}>
      <Files />
    </Card>
  );
}
