import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type Shell, shellName, shellPort } from '../pipeline/contract/shell.ts';
import { channels } from './shell-api.ts';
import { provideSpelling } from './spelling/provide-spelling.ts';

/** Electron 9 put the path on the file itself. */
function pathOf(file: File): string {
  return webUtils?.getPathForFile?.(file) ?? (file as File & { path?: string }).path ?? '';
}

// Ports cannot pass the context bridge; a message within the window hands them on.
ipcRenderer.on(channels.port, (event) => {
  window.postMessage(shellPort, '*', event.ports as unknown as Transferable[]);
});

const shell: Shell = {
  platform: process.platform,
  connect: () => ipcRenderer.send(channels.connect),
  onLost: (listener) => {
    ipcRenderer.on(channels.lost, () => listener());
  },
  onOpen: (listener) => {
    ipcRenderer.on(channels.open, (_event, path: string) => listener(path));
    ipcRenderer.send(channels.listening);
  },
  open: (path) => ipcRenderer.send(channels.dropped, path),
  follow: (colours) => ipcRenderer.send(channels.colours, colours),
  pathOf,
};

contextBridge.exposeInMainWorld(shellName, shell);

// macOS checks the spelling itself.
if (process.platform !== 'darwin') {
  provideSpelling((words) => ipcRenderer.invoke(channels.misspelt, words));
}
