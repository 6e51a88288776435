import type { Saved } from '../state/notebook-state.ts';

/** `12:03` today, `20 Nov, 12:03` before that. */
export function timeWords(at: string, now: Date = new Date()): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return at;
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(
    then,
  );
  if (then.toDateString() === now.toDateString()) return time;
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(then);
  return `${day}, ${time}`;
}

/** Whether what was done stands in the file. */
export function savedWords(saved: Saved, now: Date = new Date()): string {
  switch (saved.kind) {
    case 'unsent':
      return 'Changed';
    case 'saving':
      return 'Saving';
    case 'saved':
      return saved.at === null ? 'No changes' : `Saved ${timeWords(saved.at, now)}`;
    case 'unsaved':
      return `Unsaved: ${saved.problem}`;
  }
}
