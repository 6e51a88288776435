import { useMemo } from 'react';
import { cleanHtml } from './clean-html.ts';
import { renderMarkdown, type Pictures } from './render-markdown.ts';
import classes from './prose.module.css';
import { useAfterPaint } from './use-after-paint.ts';

const none: ReadonlyMap<string, string> = new Map();

/** HTML that somebody else wrote, as far as it is harmless. */
export function HtmlOutput({ html }: { html: string }) {
  const shown = useAfterPaint(html);
  const clean = useMemo(() => cleanHtml(shown), [shown]);
  return (
    <div className={classes['scroll']} tabIndex={0} role="group" aria-label="Output">
      {/* oxlint-disable-next-line react/no-danger -- cleaned above */}
      <div
        className={classes['prose']}
        data-kind="output"
        dangerouslySetInnerHTML={{ __html: clean }}
      />
    </div>
  );
}

interface MarkdownTextProps {
  readonly source: string;
  readonly pictures?: Pictures;
  /** The source of a cell, in which texts are found. */
  readonly isSource?: boolean;
}

export function MarkdownText({ source, pictures = none, isSource = false }: MarkdownTextProps) {
  const clean = useMemo(() => renderMarkdown(source, pictures), [source, pictures]);
  return (
    // oxlint-disable-next-line react/no-danger -- cleaned by renderMarkdown
    <div
      className={classes['prose']}
      {...(isSource ? { 'data-source-text': '' } : {})}
      dangerouslySetInnerHTML={{ __html: clean }}
    />
  );
}
