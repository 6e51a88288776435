import { IconArrowDown, IconArrowUp, IconLetterCase, IconRegex } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { ToolButton } from '../cells/tool-button.tsx';
import classes from './find.module.css';
import type { Finding } from './use-find.ts';

interface FindFieldProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly finding: Finding;
}

/** What is looked for, how, and the way from one match to the next. */
export function FindField({ input, finding }: FindFieldProps) {
  const { query, found, matches, look, step } = finding;
  const none = matches.length === 0;
  return (
    <>
      <input
        ref={input}
        className={classes['field']}
        aria-label="Find in all cells"
        placeholder="Find in all cells"
        spellCheck={false}
        value={query.text}
        aria-invalid={found.kind === 'invalid'}
        onChange={(event) => look({ ...query, text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || none) return;
          event.preventDefault();
          step(event.shiftKey ? -1 : 1);
        }}
      />
      <ToolButton
        label="Match case (Alt+C)"
        icon={<IconLetterCase size={16} />}
        pressed={query.matchCase}
        onClick={() => look({ ...query, matchCase: !query.matchCase })}
      />
      <ToolButton
        label="Regular expression (Alt+R)"
        icon={<IconRegex size={16} />}
        pressed={query.isPattern}
        onClick={() => look({ ...query, isPattern: !query.isPattern })}
      />
      <ToolButton
        label="Match before (Shift+Enter)"
        icon={<IconArrowUp size={16} />}
        disabled={none}
        onClick={() => step(-1)}
      />
      <ToolButton
        label="Next match (Enter)"
        icon={<IconArrowDown size={16} />}
        disabled={none}
        onClick={() => step(1)}
      />
    </>
  );
}
