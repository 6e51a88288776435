import { Button } from '@mantine/core';
import classes from './find.module.css';
import type { Finding } from './use-find.ts';

interface ReplaceFieldsProps {
  readonly finding: Finding;
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** What comes in the place of matches: of one, or of all as one step that can be undone. */
export function ReplaceFields({ finding, text, onText }: ReplaceFieldsProps) {
  const { matches, replaceOne, replaceAll } = finding;
  const none = matches.length === 0;
  return (
    <>
      <input
        className={classes['field']}
        aria-label="Replace with"
        placeholder="Replace with"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || none) return;
          event.preventDefault();
          if (event.ctrlKey || event.metaKey) replaceAll(text);
          else replaceOne(text);
        }}
      />
      <Button size="compact-xs" variant="default" disabled={none} onClick={() => replaceOne(text)}>
        Replace
      </Button>
      <Button size="compact-xs" variant="default" disabled={none} onClick={() => replaceAll(text)}>
        All
      </Button>
    </>
  );
}
