import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { ToolButton } from '../cells/tool-button.tsx';
import { useNotebook } from '../session/notebook-context.tsx';
import { FindField } from './find-field.tsx';
import classes from './find.module.css';
import { matchWords } from './match-words.ts';
import { ReplaceFields } from './replace-fields.tsx';
import { useFind, type Finding } from './use-find.ts';
import { useReturn } from './use-return.ts';
import { useShownMatches } from './use-shown-matches.ts';

/** What a key asks of a search: to open it, or to go on with it. */
export interface FindRequest {
  readonly go: 'open' | 'next' | 'previous';
}

interface FindBarProps {
  readonly root: RefObject<HTMLElement | null>;
  readonly request: FindRequest;
  readonly canReplace: boolean;
  readonly onClose: () => void;
}

const bad: ReadonlySet<string> = new Set(['invalid', 'slow', 'failed']);

/** Keys that switch how a search looks and go on with it, wherever the focus is in its bar. */
function goOn(event: KeyboardEvent, { query, look, step }: Finding): boolean {
  const { altKey, shiftKey, code } = event;
  const isNext = code === 'F3' || ((event.ctrlKey || event.metaKey) && code === 'KeyG');
  if (altKey && code === 'KeyC') look({ ...query, matchCase: !query.matchCase });
  else if (altKey && code === 'KeyR') look({ ...query, isPattern: !query.isPattern });
  else if (isNext) step(shiftKey ? -1 : 1);
  else return false;
  return true;
}

/** Looks for a text in all cells. It has the keys to itself while it has the focus, and gives the focus back. */
export function FindBar({ root, request, canReplace, onClose }: FindBarProps) {
  const finding = useFind();
  const { found, search } = finding;
  const isBad = [found.kind, search.kind].some((kind) => bad.has(kind));
  const content = useNotebook((state) => state.content);
  const [replacement, setReplacement] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { selected, giveBack } = useReturn(root);
  useShownMatches(root, finding);

  const latest = useRef(finding);
  useEffect(() => {
    latest.current = finding;
  });
  useEffect(() => {
    if (request.go !== 'open') return latest.current.step(request.go === 'next' ? 1 : -1);
    const text = selected();
    if (text !== '') latest.current.look({ ...latest.current.query, text });
    input.current?.focus();
    input.current?.select();
  }, [request, selected]);

  const close = (): void => {
    onClose();
    giveBack();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isModified = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') close();
    else if (isModified && event.code === 'KeyF') input.current?.select();
    else if (!goOn(event, finding)) return;
    event.preventDefault();
  };
  const words = finding.notice === '' ? matchWords(finding, content) : finding.notice;
  return (
    <search className={classes['bar']} data-own-keys="" aria-label="Find" onKeyDown={onKeyDown}>
      <FindField input={input} finding={finding} />
      {canReplace ? (
        <ReplaceFields finding={finding} text={replacement} onText={setReplacement} />
      ) : null}
      <span
        className={classes['words']}
        role="status"
        data-tone={isBad ? 'bad' : 'plain'}
        title={words}
      >
        {words}
      </span>
      <ToolButton label="Close (Esc)" icon={<IconX size={16} />} onClick={close} />
    </search>
  );
}
