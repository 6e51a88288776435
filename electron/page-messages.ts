import { BrowserWindow, ipcMain } from 'electron';
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { senderUrl } from './compat.ts';
import { isOwnPage } from './security.ts';

/** The messages of our own page, with the window that it is in; those of any other are refused. */
export class PageMessages {
  readonly #log: (line: string) => void;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  on(channel: string, handle: (window: BrowserWindow, value: unknown) => void): void {
    ipcMain.on(channel, (event: IpcMainEvent, value: unknown) => {
      const window = this.#windowOf(channel, event);
      if (window !== null) handle(window, value);
    });
  }

  answer(channel: string, answer: (value: unknown) => Promise<unknown>): void {
    ipcMain.handle(channel, async (event: IpcMainInvokeEvent, value: unknown) => {
      if (this.#windowOf(channel, event) === null) throw new Error('refused');
      return answer(value);
    });
  }

  #windowOf(channel: string, event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | null {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (window !== null && isOwnPage(senderUrl(event))) return window;
    this.#log(`refused a message on ${channel} from ${senderUrl(event)}`);
    return null;
  }
}
