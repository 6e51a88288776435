import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channels } from './shell-api.ts';

/** Electron 9 put the path on the file itself. */
function pathOf(file: File): string {
  return webUtils?.getPathForFile?.(file) ?? (file as File & { path?: string }).path ?? '';
}

// Ports cannot pass the context bridge; a message within the window hands them on.
ipcRenderer.on(channels.port, (event) => {
  window.postMessage(channels.port, '*', event.ports as unknown as Transferable[]);
});

contextBridge.exposeInMainWorld('strataShell', {
  platform: process.platform,
  connect: () => ipcRenderer.send(channels.connect),
  onLost: (listener: () => void) => {
    ipcRenderer.on(channels.lost, () => listener());
  },
  onOpen: (listener: (path: string) => void) => {
    ipcRenderer.on(channels.open, (_event, path: string) => listener(path));
    ipcRenderer.send(channels.listening);
  },
  open: (path: string) => ipcRenderer.send(channels.dropped, path),
  pathOf,
});
