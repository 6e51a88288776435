import { useDeferredValue, useMemo } from 'react';
import { cleanHtml } from './clean-html.ts';
import { renderMarkdown } from './render-markdown.ts';
import classes from './prose.module.css';

/** HTML that somebody else wrote, as far as it is harmless. */
export function HtmlOutput({ html }: { html: string }) {
  // A table that changes does not keep the chart of it waiting.
  const shown = useDeferredValue(html);
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

export function MarkdownText({ source }: { source: string }) {
  const clean = useMemo(() => renderMarkdown(source), [source]);
  // oxlint-disable-next-line react/no-danger -- cleaned by renderMarkdown
  return <div className={classes['prose']} dangerouslySetInnerHTML={{ __html: clean }} />;
}
