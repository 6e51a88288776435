import { useEffect, useState } from 'react';
import type { HostClient } from '../../host/client.ts';
import { useConnectionState, useHost } from '../../host/host-context.tsx';
import { toProblem, type Problem } from '../../host/problem.ts';
import { NotebookSession } from './notebook-session.ts';

export type Opening =
  | { readonly kind: 'opening' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'open'; readonly session: NotebookSession };

/** Kept while the page looks at something else, so that what was undone and selected is there on return. */
const sessions = new WeakMap<HostClient, Map<string, NotebookSession>>();

function sessionsOf(client: HostClient): Map<string, NotebookSession> {
  const known = sessions.get(client);
  if (known !== undefined) return known;
  const none = new Map<string, NotebookSession>();
  sessions.set(client, none);
  return none;
}

async function open(
  client: HostClient,
  path: string,
  signal: AbortSignal,
): Promise<NotebookSession> {
  const notebook = await client.notebooks.open({ path }, { signal });
  const kept = sessionsOf(client).get(path);
  if (kept !== undefined) {
    kept.tell({ kind: 'opened', notebook });
    return kept;
  }
  const session = new NotebookSession(client.notebooks, notebook);
  sessionsOf(client).set(path, session);
  return session;
}

async function follow(
  client: HostClient,
  session: NotebookSession,
  signal: AbortSignal,
): Promise<void> {
  const events = await client.notebooks.watch({ id: session.id, page: session.page }, { signal });
  for await (const event of events) {
    if (signal.aborted) return;
    session.tell(event);
  }
}

/** Sends what waits and lets the host close the file; the page forgets it. */
export async function closeSession(client: HostClient, path: string): Promise<void> {
  const session = sessionsOf(client).get(path);
  if (session === undefined) return;
  await session.flush();
  sessionsOf(client).delete(path);
  await client.notebooks.close({ id: session.id });
}

/** What leaves when the page is hidden or closed, and a question where something could not leave. */
function useNothingLost(session: NotebookSession | null): void {
  useEffect(() => {
    if (session === null) return undefined;
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') session.leave();
    };
    const before = (event: BeforeUnloadEvent): void => {
      session.leave();
      if (session.hasUnsent()) event.preventDefault();
    };
    document.addEventListener('visibilitychange', hidden);
    addEventListener('pagehide', session.leave);
    addEventListener('beforeunload', before);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      removeEventListener('pagehide', session.leave);
      removeEventListener('beforeunload', before);
      session.leave();
    };
  }, [session]);
}

const retryPause = 1500;

/** A notebook by its path: opened, watched, and taken up again when the host was away. */
export function useNotebookSession(path: string): Opening {
  const { client } = useHost();
  const connected = useConnectionState().kind === 'open';
  const [opening, setOpening] = useState<Opening>({ kind: 'opening' });
  // Before the stream, so that what waits has left when that ends.
  useNothingLost(opening.kind === 'open' ? opening.session : null);

  useEffect(() => {
    if (!connected) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const once = async (): Promise<void> => {
      const session = await open(client, path, signal);
      if (signal.aborted) return;
      setOpening({ kind: 'open', session });
      await follow(client, session, signal);
    };
    const go = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          await once();
        } catch (error) {
          if (signal.aborted) return;
          // What is open stays on the screen, whatever became of its stream.
          if (!sessionsOf(client).has(path)) {
            setOpening({ kind: 'failed', problem: toProblem(error) });
            return;
          }
        }
        await new Promise((resolve) => setTimeout(resolve, retryPause));
      }
    };
    void go();
    return () => controller.abort();
  }, [client, path, connected]);

  return opening;
}
