import { useQuery } from '@tanstack/react-query';
import { useHost } from '../../host/host-context.tsx';
import { MarkdownText } from '../outputs/html-output.tsx';
import { useCell, useNotebook, useOpenNotebook } from '../session/notebook-context.tsx';

const none: ReadonlyMap<string, string> = new Map();

/** The text of a Markdown cell with the pictures that are attached to it. */
export function ProseText({ cell, source }: { cell: string; source: string }) {
  const { client } = useHost();
  const { session } = useOpenNotebook();
  const reading = useNotebook(({ facts }) => facts.reading);
  const from = useCell(cell)?.from;
  const isAsked = source.includes('attachment:');
  const { data, isPending, isError } = useQuery({
    // Another file, or a merge, may have brought others.
    queryKey: ['notebooks', session.id, 'pictures', cell, reading, from ?? null],
    enabled: isAsked,
    queryFn: async ({ signal }) => {
      // Of a cell that was just pasted the host may not know yet.
      await session.flush();
      const found = await client.notebooks.pictures({ id: session.id, cell }, { signal });
      return new Map(Object.entries(found));
    },
  });
  const came = data ?? (isError ? 'failed' : none);
  return <MarkdownText source={source} pictures={isAsked && isPending ? null : came} isSource />;
}
