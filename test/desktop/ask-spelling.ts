import type { ElectronApplication } from 'playwright-core';

/** What the shell answers to a page of this address that sends these words; a refusal as text. */
export const askSpelling = (
  app: ElectronApplication,
  url: string,
  words: readonly string[],
): Promise<unknown> =>
  app.evaluate(
    async ({ BrowserWindow, ipcMain }, asked) => {
      const { _invokeHandlers: handlers } = ipcMain as unknown as {
        _invokeHandlers: Map<string, (event: object, words: readonly string[]) => unknown>;
      };
      let reply: unknown;
      // Electron 9 replies through the event.
      const take = (value: unknown): void => {
        reply = value;
      };
      const event = {
        sender: BrowserWindow.getAllWindows()[0]?.webContents,
        senderFrame: { url: asked.url },
        _reply: take,
        _throw: (error: unknown) => take(String(error)),
      };
      try {
        return (await handlers.get('strata:misspelt')?.(event, asked.words)) ?? reply;
      } catch (error) {
        return String(error);
      }
    },
    { url, words },
  );
