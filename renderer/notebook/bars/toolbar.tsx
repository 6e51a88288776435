import { Button, SegmentedControl } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconKeyboard,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconSearch,
  IconShare2,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ToolButton } from '../cells/tool-button.tsx';
import { useNotebook, useOpenNotebook } from '../session/notebook-context.tsx';
import { AddButton } from './add-button.tsx';
import classes from './bars.module.css';
import { SavedState } from './saved-state.tsx';
import { useLasting } from './use-lasting.ts';

/** Where a notebook is shown: in a workspace, or as all there is of a page that was shared. */
export type NotebookPlace =
  | { readonly kind: 'workspace'; readonly onBack: () => void }
  | { readonly kind: 'page'; readonly status: ReactNode };

interface ToolbarProps {
  readonly title: string;
  readonly place: NotebookPlace;
  readonly onFind: () => void;
  readonly onShare: () => void;
  readonly onHelp: () => void;
}

const modes = [
  { value: 'reactive', label: 'Reactive' },
  { value: 'manual', label: 'Manual' },
];

function RunButtons() {
  const { session } = useOpenNotebook();
  const trusted = useNotebook(({ facts }) => facts.trusted);
  const running = useLasting(
    useNotebook(({ states }) => {
      for (const { status } of states.values()) {
        if (status === 'running' || status === 'waiting') return true;
      }
      return false;
    }),
  );
  const fromHere = (): void => {
    const { content, selection } = session.state();
    const at = selection === null ? 0 : content.order.indexOf(selection.head);
    session.run(content.order.slice(at).filter((id) => content.cells.get(id)?.type === 'code'));
  };
  const icon = 15;
  return (
    <>
      {running ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerStop size={icon} aria-hidden="true" />}
          onClick={session.cancel}
        >
          Cancel
        </Button>
      ) : (
        <Button
          size="compact-sm"
          leftSection={<IconPlayerPlay size={icon} aria-hidden="true" />}
          disabled={!trusted}
          onClick={() => session.run()}
        >
          Run all
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerSkipForward size={icon} aria-hidden="true" />}
        disabled={!trusted || running}
        onClick={fromHere}
      >
        From here
      </Button>
    </>
  );
}

function ModeSwitch() {
  const { session } = useOpenNotebook();
  const mode = useNotebook((state) => state.mode);
  return (
    <span title="Reactive runs what depends on a change. Manual marks it out of date.">
      <SegmentedControl
        size="xs"
        aria-label="After a change"
        data={modes}
        value={mode}
        onChange={(value) =>
          session.act({ kind: 'set-mode', mode: value === 'manual' ? 'manual' : 'reactive' })
        }
      />
    </span>
  );
}

function Where({ title, place }: Pick<ToolbarProps, 'title' | 'place'>) {
  const path = useNotebook(({ facts }) => facts.path);
  if (place.kind === 'page') return <>{place.status}</>;
  return (
    <>
      <ToolButton label="All notebooks" icon={<IconArrowLeft size={16} />} onClick={place.onBack} />
      <h2 className={classes['title']} title={path}>
        {title}
      </h2>
      <SavedState />
    </>
  );
}

/** What can be done to the notebook as a whole. */
export function Toolbar({ title, place, onFind, onShare, onHelp }: ToolbarProps) {
  const { session } = useOpenNotebook();
  const canUndo = useNotebook(({ history }) => history.past.length > 0);
  const canRedo = useNotebook(({ history }) => history.future.length > 0);
  return (
    <div className={classes['bar']} role="toolbar" aria-label="Notebook">
      <Where title={title} place={place} />
      <RunButtons />
      <AddButton />
      <ModeSwitch />
      <ToolButton
        label="Undo"
        icon={<IconArrowBackUp size={16} />}
        disabled={!canUndo}
        onClick={() => session.act({ kind: 'undo' })}
      />
      <ToolButton
        label="Redo"
        icon={<IconArrowForwardUp size={16} />}
        disabled={!canRedo}
        onClick={() => session.act({ kind: 'redo' })}
      />
      <ToolButton label="Find" icon={<IconSearch size={16} />} onClick={onFind} />
      <ToolButton label="Keys" icon={<IconKeyboard size={16} />} onClick={onHelp} />
      {place.kind === 'page' ? null : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconShare2 size={15} aria-hidden="true" />}
          onClick={onShare}
        >
          Share…
        </Button>
      )}
    </div>
  );
}
