import { hostClient } from './client.ts';
import { Connection } from './connection.ts';
import type { Host } from './host-context.tsx';
import { OpenedFile } from './opened-file.ts';
import { takeToken, tokenInFragment } from './token.ts';
import { httpUpload } from './upload.ts';
import { webSocketDial } from './websocket-transport.ts';

/** The host that served this page, over a WebSocket; files are sent to it. */
export function servedHost(): Host {
  const token = takeToken({ location, history, storage: sessionStorage });
  // Another address pasted into this tab changes the fragment only, which loads nothing by itself.
  addEventListener('hashchange', () => {
    if (tokenInFragment(location.hash) !== null) location.reload();
  });
  const connection = new Connection(
    token === null ? () => Promise.resolve({ kind: 'refused' }) : webSocketDial(token),
  );
  return {
    client: hostClient(connection),
    connection,
    upload: httpUpload(token ?? ''),
    opened: new OpenedFile(),
    openedNotebook: new OpenedFile(),
  };
}
