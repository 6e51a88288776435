import { useCallback, useMemo, useRef, useState } from 'react';
import { VisuallyHidden } from '@mantine/core';
import { Banners } from './bars/banners.tsx';
import { CellGap } from './bars/cell-gap.tsx';
import { Toolbar, type NotebookPlace } from './bars/toolbar.tsx';
import { NotebookCellView } from './cells/notebook-cell.tsx';
import { KeyHelp } from './keys/key-help.tsx';
import { keyPresets } from './keys/key-presets.ts';
import { keepPreset, keptPreset } from './keys/kept-preset.ts';
import { useKeys } from './keys/use-keys.ts';
import classes from './notebook-view.module.css';
import { NotebookProvider, useNotebook, useOpenNotebook } from './session/notebook-context.tsx';
import type { NotebookSession } from './session/notebook-session.ts';
import { useCommands } from './session/use-commands.ts';
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
  readonly onHelp: () => void;
  readonly onShare: () => void;
}

function Page({ title, place, onHelp, onShare }: PageProps) {
  const { bindings, command } = useOpenNotebook();
  const root = useRef<HTMLDivElement>(null);
  useKeys({ root, bindings, command });
  useFocusOnCell(root);
  return (
    <div ref={root} className={classes['notebook']} data-testid="notebook">
      <Toolbar title={title} place={place} onShare={onShare} onHelp={onHelp} />
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
  const showHelp = useCallback(() => setHelp(true), []);
  const command = useCommands(session, showHelp);
  const value = useMemo(
    () => ({ session, bindings: keyPresets[preset], command, tables }),
    [session, preset, command, tables],
  );
  return (
    <NotebookProvider value={value}>
      {sharing ? (
        <SharePage title={title} onBack={() => setSharing(false)} />
      ) : (
        <Page title={title} place={place} onHelp={showHelp} onShare={() => setSharing(true)} />
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
