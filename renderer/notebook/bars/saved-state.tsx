import { useNotebook } from '../session/notebook-context.tsx';
import classes from './bars.module.css';
import { savedWords } from './saved-words.ts';

/** Whether what was done stands in the file. */
export function SavedState() {
  const saved = useNotebook(({ facts }) => facts.saved);
  const words = savedWords(saved);
  return (
    <span className={classes['saved']} data-kind={saved.kind} title={words} role="status">
      {words}
    </span>
  );
}
