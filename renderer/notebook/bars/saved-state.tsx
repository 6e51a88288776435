import { useNotebook } from '../session/notebook-context.tsx';
import classes from './bars.module.css';
import { savedWords } from './saved-words.ts';
import { useLasting } from './use-lasting.ts';

/** Whether what was done stands in the file. What is on its way to the host is being saved, unless it stays there. */
export function SavedState() {
  const told = useNotebook(({ facts }) => facts.saved);
  const isStuck = useLasting(told.kind === 'unsent');
  const saved = told.kind === 'unsent' && !isStuck ? ({ kind: 'saving' } as const) : told;
  const words = savedWords(saved);
  return (
    <span className={classes['saved']} data-kind={saved.kind} title={words} role="status">
      {words}
    </span>
  );
}
