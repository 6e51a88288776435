import { useMemo, useSyncExternalStore } from 'react';
import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';
import { useHost } from '../../host/host-context.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { closeSession } from '../../notebook/session/use-notebook-session.ts';
import { notebookHash, notebookOfHash } from './notebook-address.ts';
import { NotebookList } from './notebook-list.tsx';
import { OpenNotebookPage } from './open-notebook.tsx';
import { useOpenedNotebook } from './use-opened-notebook.ts';

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

function go(path: string | null): void {
  location.hash = notebookHash(path);
}

/** The notebooks of a workspace, or the one that the address names. */
export function NotebooksPage({ tables }: { tables: WorkspaceStatus['tables'] }) {
  const { client } = useHost();
  const path = useSyncExternalStore(subscribe, () => notebookOfHash(location.hash));
  const names = useMemo(() => tables.map(({ layer, name }) => `${layer}.${name}`), [tables]);
  const problem = useOpenedNotebook(go);
  const failed = problem === null ? null : <ErrorState {...problem} />;
  if (path === null) {
    return (
      <>
        {failed}
        <NotebookList onOpen={go} />
      </>
    );
  }
  const close = (): void => {
    go(null);
    // What could not be sent stays with the page, and is sent when the notebook is opened again.
    closeSession(client, path).catch(() => undefined);
  };
  return (
    <>
      {failed}
      <OpenNotebookPage key={path} path={path} tables={names} onClose={close} />
    </>
  );
}
