import { useCallback, useEffect, useState } from 'react';
import { useConnectionState, useHost } from '../../host/host-context.tsx';
import { toProblem } from '../../host/problem.ts';
import { useStatus } from '../../host/queries.ts';
import { RunPanel, type Way } from '../../panels/run/run-panel.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Board } from './board.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Header } from './header.tsx';
import { isBusy } from '../../panels/run/job-state.ts';
import { LoadingBoard } from './loading-board.tsx';
import { useJobFeed } from '../../panels/run/use-job-feed.ts';
import classes from './workbench-page.module.css';

export function WorkbenchPage() {
  const connection = useConnectionState();
  const feed = useJobFeed();
  const status = useStatus({ enabled: feed.known });
  const { opened } = useHost();
  const [way, setWay] = useState<Way>(() => (opened.path() === null ? 'demo' : 'file'));
  const [table, setTable] = useState<string | null>(null);
  const connected = connection.kind === 'open';
  useEffect(() => opened.subscribe(() => setWay('file')), [opened]);
  const openTable = useCallback((name: string): void => {
    setTable(name);
    document.querySelector('#table')?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  }, []);

  return (
    <div className={classes['page']}>
      <Header status={status.data ?? null} />
      <ConnectionBanner />
      <div className={classes['body']}>
        <aside className={classes['side']} aria-label="Bring data in">
          <RunPanel
            way={way}
            onWay={setWay}
            feed={feed}
            presets={status.data?.presets ?? null}
            failed={status.error !== null}
            connected={connected}
            lastRun={status.data?.lastRun ?? null}
          />
        </aside>
        <main className={classes['main']}>
          {status.data !== undefined ? (
            <Board
              status={status.data}
              busy={isBusy(feed.state)}
              canRun={connected && !isBusy(feed.state)}
              onRun={() => feed.start({ kind: 'run' })}
              table={table}
              onTable={setTable}
              openTable={openTable}
              onWay={setWay}
            />
          ) : status.error !== null ? (
            <ErrorState {...toProblem(status.error)} onRetry={() => void status.refetch()} />
          ) : (
            <LoadingBoard />
          )}
        </main>
      </div>
    </div>
  );
}
