import { useMemo, useRef, useState } from 'react';
import { VisuallyHidden } from '@mantine/core';
import { Banners } from './bars/banners.tsx';
import { CellGap } from './bars/cell-gap.tsx';
import { Toolbar, type NotebookPlace } from './bars/toolbar.tsx';
import { NotebookCellView } from './cells/notebook-cell.tsx';
import { FindBar, type FindRequest } from './find/find-bar.tsx';
import { KeyHelp } from './keys/key-help.tsx';
import { keyPresets } from './keys/key-presets.ts';
import { keepPreset, keptPreset } from './keys/kept-preset.ts';
import { useKeys } from './keys/use-keys.ts';
import { LineNumbers } from './lines/line-numbers.ts';
import classes from './notebook-view.module.css';
import { NotebookProvider, useNotebook, useOpenNotebook } from './session/notebook-context.tsx';
import type { NotebookSession } from './session/notebook-session.ts';
import { useCommands, type PageActs } from './session/use-commands.ts';
import { useFocusOnCell } from './session/use-focus-on-cell.ts';
import { SharePage } from './share/share-page.tsx';

interface NotebookViewProps {
  readonly session: NotebookSession;
  readonly title: string;
  readonly tables: readonly string[];
  readonly place: NotebookPlace;
}

function Cells() {
  const order = useNotebook(({ content }) => content.order);
  return (
    <div className={classes['cells']}>
      <CellGap after={null} />
      {order.map((id, at) => (
        <div key={id}>
          <NotebookCellView id={id} at={at} count={order.length} />
          <CellGap after={id} />
        </div>
      ))}
      {order.length === 0 ? (
        <p className={classes['empty']}>
          This notebook has no cells yet. Add one above, or press B.
        </p>
      ) : null}
    </div>
  );
}

function Notice() {
  const notice = useNotebook((state) => state.notice);
  return <VisuallyHidden role="status">{notice}</VisuallyHidden>;
}

interface PageProps extends Omit<NotebookViewProps, 'session' | 'tables'> {
  readonly finding: FindRequest | null;
  readonly onFind: (request: FindRequest | null) => void;
  readonly onHelp: () => void;
  readonly onShare: () => void;
}

function Page({ title, place, finding, onFind, onHelp, onShare }: PageProps) {
  const { bindings, command } = useOpenNotebook();
  const root = useRef<HTMLDivElement>(null);
  useKeys({ root, bindings, command });
  useFocusOnCell(root);
  return (
    <div ref={root} className={classes['notebook']} data-testid="notebook">
      <div className={classes['top']}>
        <Toolbar
          title={title}
          place={place}
          onFind={() => onFind({ go: 'open' })}
          onShare={onShare}
          onHelp={onHelp}
        />
        {finding === null ? null : (
          <FindBar
            root={root}
            request={finding}
            canReplace={place.kind === 'workspace'}
            onClose={() => onFind(null)}
          />
        )}
      </div>
      <Banners />
      <Cells />
      <Notice />
    </div>
  );
}

/** One open notebook: its cells, or the page that says what a share would take along. */
export function NotebookView({ session, title, tables, place }: NotebookViewProps) {
  const [help, setHelp] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [preset, setPreset] = useState(() => keptPreset(() => localStorage));
  const [finding, setFinding] = useState<FindRequest | null>(null);
  const [lines] = useState(() => new LineNumbers(() => localStorage));
  const acts = useMemo(
    (): PageActs => ({ help: () => setHelp(true), find: (go) => setFinding({ go }), lines }),
    [lines],
  );
  const command = useCommands(session, acts);
  const value = useMemo(
    () => ({ session, bindings: keyPresets[preset], command, lines, tables }),
    [session, preset, command, lines, tables],
  );
  return (
    <NotebookProvider value={value}>
      {sharing ? (
        <SharePage title={title} onBack={() => setSharing(false)} />
      ) : (
        <Page
          title={title}
          place={place}
          finding={finding}
          onFind={setFinding}
          onHelp={acts.help}
          onShare={() => {
            setFinding(null);
            setSharing(true);
          }}
        />
      )}
      <KeyHelp
        opened={help}
        onClose={() => setHelp(false)}
        preset={preset}
        onPreset={(next) => {
          keepPreset(() => localStorage, next);
          setPreset(next);
        }}
      />
    </NotebookProvider>
  );
}
