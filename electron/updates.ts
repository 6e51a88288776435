import { app, dialog } from 'electron';

/** Looks for a newer version where the settings say; without a feed nothing is asked of anybody. */
export async function checkForUpdates(feed: string | null): Promise<void> {
  if (feed === null) return;
  if (!app.isPackaged || !feed.startsWith('https://')) {
    const message = app.isPackaged
      ? 'The feed of updates is no https address.'
      : 'Only an installed Strata can be updated.';
    await dialog.showMessageBox({ type: 'info', message });
    return;
  }
  try {
    // A CommonJS module whose exports Node cannot tell beforehand.
    const { autoUpdater } = (await import('electron-updater')).default;
    autoUpdater.autoDownload = false;
    autoUpdater.setFeedURL({ provider: 'generic', url: feed });
    const found = await autoUpdater.checkForUpdates();
    if (found === null || !found.isUpdateAvailable) {
      await dialog.showMessageBox({ type: 'info', message: 'Strata is up to date.' });
      return;
    }
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: `Strata ${found.updateInfo.version} is there.`,
      detail: 'It is downloaded now and installed when you quit.',
      buttons: ['Download', 'Not Now'],
      cancelId: 1,
    });
    if (response === 0) await autoUpdater.downloadUpdate();
  } catch (error) {
    await dialog.showMessageBox({
      type: 'error',
      message: 'Updates could not be looked for.',
      detail: `${error instanceof Error ? error.message : String(error)}\n\nThe feed is set in the application's settings, desktop.json, as updateFeed.`,
    });
  }
}
