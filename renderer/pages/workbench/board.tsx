import { lazy, Suspense } from 'react';
import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';
import { FeaturesPanel } from '../../panels/features/features-panel.tsx';
import { isBusy } from '../../panels/run/job-state.ts';
import { StaleNote } from '../../panels/layers/stale-note.tsx';
import type { Way } from '../../panels/run/run-panel.tsx';
import type { JobFeed } from '../../panels/run/use-job-feed.ts';
import { KpisView } from '../../panels/kpis/kpis-view.tsx';
import { SegmentsView } from '../../panels/segments/segments-view.tsx';
import { TuningPanel } from '../../panels/tuning/tuning-panel.tsx';
import { TablePanel } from '../../panels/tables/table-panel.tsx';
import { ValueView } from '../../panels/value/value-view.tsx';
import classes from './board.module.css';
import { EmptyBoard } from './empty-board.tsx';
import { Guarded } from './guarded.tsx';
import { LoadingBoard } from './loading-board.tsx';
import { NoFeatures } from './no-features.tsx';
import { Overview } from './overview.tsx';
import { screenState } from './screen-state.ts';
import type { DraftState } from './use-draft.ts';
import { viewTitle, type View } from './views.ts';
import { WaitingView } from './waiting-view.tsx';

/** With its editor as large as the rest of the page, so it comes when it is asked for. */
const NotebooksPage = lazy(async () => {
  const page = await import('../notebooks/notebooks-page.tsx');
  return { default: page.NotebooksPage };
});

interface BoardProps {
  readonly view: View;
  readonly status: WorkspaceStatus;
  readonly feed: JobFeed;
  readonly connected: boolean;
  readonly table: string | null;
  readonly onTable: (table: string) => void;
  readonly onWay: (way: Way) => void;
  readonly openTable: (table: string) => void;
  readonly draft: DraftState;
}

type ModelViewProps = Pick<BoardProps, 'feed' | 'connected' | 'draft'> & {
  readonly view: Exclude<View, 'overview' | 'tables' | 'notebooks'>;
};

/** What needs features and segments to be there. */
function ModelView({ view, feed, connected, draft }: ModelViewProps) {
  switch (view) {
    case 'features':
      return (
        <FeaturesPanel
          value={draft.recipe}
          onChange={draft.setRecipe}
          name={draft.recipeName}
          onName={draft.setRecipeName}
        />
      );
    case 'tuning':
      return draft.recipe.features.length === 0 ? (
        <NoFeatures />
      ) : (
        <TuningPanel
          value={draft.tuning}
          onChange={draft.setTuning}
          feed={feed}
          connected={connected}
          featuresHref="#features"
        />
      );
    case 'segments':
      return (
        <SegmentsView
          value={draft.segments}
          onChange={draft.setSegments}
          onTrain={
            connected && !isBusy(feed.state)
              ? (options) => feed.start({ kind: 'train', options })
              : null
          }
        />
      );
    case 'kpis':
      return <KpisView value={draft.kpis} onChange={draft.setKpis} />;
    case 'value':
      return <ValueView feed={feed} connected={connected} />;
  }
}

interface ViewOfProps extends BoardProps {
  readonly filled: boolean;
  readonly busy: boolean;
}

function ViewOf({ filled, busy, ...props }: ViewOfProps) {
  const { view, status } = props;
  switch (view) {
    case 'overview':
      return <Overview status={status} filled={filled} busy={busy} openTable={props.openTable} />;
    case 'tables':
      return <TablePanel tables={status.tables} table={props.table} onTable={props.onTable} />;
    case 'notebooks':
      return (
        <Suspense fallback={<LoadingBoard view={view} />}>
          <NotebooksPage tables={status.tables} />
        </Suspense>
      );
    case 'features':
    case 'tuning':
    case 'segments':
    case 'kpis':
    case 'value':
      return filled ? (
        <ModelView {...props} view={view} />
      ) : (
        <WaitingView title={viewTitle(view)} busy={busy} />
      );
  }
}

/** One view of the workspace, or the ways in where nothing has landed. */
export function Board(props: BoardProps) {
  const { view, status, feed, connected } = props;
  const busy = isBusy(feed.state);
  const state = screenState(status, busy);
  if (state === 'empty' && view !== 'notebooks') return <EmptyBoard onWay={props.onWay} />;
  return (
    <div className={classes['board']}>
      {status.pending > 0 && !busy ? (
        <StaleNote
          pending={status.pending}
          disabled={!connected}
          onRun={() => feed.start({ kind: 'run' })}
        />
      ) : null}
      <Guarded key={view} title={viewTitle(view)}>
        <ViewOf {...props} filled={state === 'full'} busy={busy} />
      </Guarded>
    </div>
  );
}
