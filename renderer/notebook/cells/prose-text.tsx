import { useQuery } from '@tanstack/react-query';
import { useHost } from '../../host/host-context.tsx';
import { MarkdownText } from '../outputs/html-output.tsx';
import { useOpenNotebook } from '../session/notebook-context.tsx';

const none: ReadonlyMap<string, string> = new Map();

/** The text of a Markdown cell with the pictures that are attached to it. */
export function ProseText({ cell, source }: { cell: string; source: string }) {
  const { client } = useHost();
  const { session } = useOpenNotebook();
  const isAsked = source.includes('attachment:');
  const { data, isPending } = useQuery({
    queryKey: ['notebooks', session.id, 'pictures', cell],
    enabled: isAsked,
    queryFn: async ({ signal }) => {
      const found = await client.notebooks.pictures({ id: session.id, cell }, { signal });
      return new Map(Object.entries(found));
    },
  });
  return (
    <MarkdownText
      source={source}
      pictures={isAsked && isPending ? null : (data ?? none)}
      isSource
    />
  );
}
