import { useEffect, useState } from 'react';
import { useConnectionState, useHost } from '../../host/host-context.tsx';
import { toProblem } from '../../host/problem.ts';
import { useStatus } from '../../host/queries/workspace.ts';
import { useRefreshOnReturn } from '../../host/use-refresh-on-return.ts';
import type { Way } from '../../panels/run/run-panel.tsx';
import { useJobFeed } from '../../panels/run/use-job-feed.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Board } from './board.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Header } from './header.tsx';
import { JobStrip } from './job-strip.tsx';
import { ownsJob } from './owns-job.ts';
import { LoadingBoard } from './loading-board.tsx';
import { SidePanel } from './side-panel.tsx';
import { useDraft } from './use-draft.ts';
import { useView } from './use-view.ts';
import { viewTitle } from './views.ts';
import classes from './workbench-page.module.css';

export function WorkbenchPage() {
  const connection = useConnectionState();
  const feed = useJobFeed();
  useRefreshOnReturn();
  const status = useStatus({ enabled: feed.known });
  const { opened, openedNotebook } = useHost();
  const [view, show] = useView();
  const [way, setWay] = useState<Way>(() => (opened.path() === null ? 'demo' : 'file'));
  const [table, setTable] = useState<string | null>(null);
  const draft = useDraft();
  const connected = connection.kind === 'open';
  const overview = view === 'overview';
  const bringIn = (way: Way): void => {
    setWay(way);
    show('overview');
  };
  const openTable = (name: string): void => {
    setTable(name);
    show('tables');
  };
  useEffect(
    () =>
      opened.subscribe(() => {
        setWay('file');
        show('overview');
      }),
    [opened, show],
  );
  useEffect(() => {
    const openNotebook = (): void => show('notebooks');
    if (openedNotebook.path() !== null) openNotebook();
    return openedNotebook.subscribe(openNotebook);
  }, [openedNotebook, show]);
  useEffect(() => {
    document.title = `${viewTitle(view)} — Strata`;
  }, [view]);

  return (
    <div className={classes['page']}>
      <Header status={status.data ?? null} view={view} />
      <ConnectionBanner />
      <div className={classes['body']} data-side={overview ? 'shown' : 'hidden'}>
        <SidePanel
          hidden={!overview}
          way={way}
          onWay={setWay}
          feed={feed}
          status={status.data ?? null}
          failed={status.error !== null}
          connected={connected}
        />
        <main className={classes['main']}>
          {ownsJob(view, feed.state) ? null : <JobStrip feed={feed} connected={connected} />}
          {status.data !== undefined ? (
            <Board
              view={view}
              status={status.data}
              feed={feed}
              connected={connected}
              table={table}
              onTable={setTable}
              openTable={openTable}
              onWay={bringIn}
              draft={draft}
            />
          ) : status.error !== null ? (
            <ErrorState {...toProblem(status.error)} onRetry={() => void status.refetch()} />
          ) : (
            <LoadingBoard view={view} />
          )}
        </main>
      </div>
    </div>
  );
}
