import type { Shell } from '../../pipeline/contract/shell.ts';
import { hostClient } from './client.ts';
import { Connection } from './connection.ts';
import type { Host } from './host-context.tsx';
import { OpenedFile } from './opened-file.ts';
import { portDial } from './port-transport.ts';
import { takeDrops } from './shell.ts';

/** The host process of this window's workspace, over a message port; files are read where they lie. */
export function desktopHost(shell: Shell): Host {
  const connection = new Connection(portDial(shell));
  const opened = new OpenedFile();
  const openedNotebook = new OpenedFile();
  shell.onOpen((path) => (/\.ipynb$/i.test(path) ? openedNotebook : opened).open(path));
  takeDrops(shell);
  return {
    client: hostClient(connection),
    connection,
    upload: (file) => Promise.resolve(shell.pathOf(file)),
    opened,
    openedNotebook,
  };
}
