import { beforeEach, expect, test, vi } from 'vitest';

const fake = vi.hoisted(() => ({
  app: { isPackaged: true },
  dialog: { showMessageBox: vi.fn() },
  autoUpdater: {
    autoDownload: true,
    setFeedURL: vi.fn(),
    checkForUpdates: vi.fn(),
    downloadUpdate: vi.fn(),
  },
}));
vi.mock('electron', () => ({ app: fake.app, dialog: fake.dialog }));
vi.mock('electron-updater', () => ({ default: { autoUpdater: fake.autoUpdater } }));

const { checkForUpdates } = await import('../../electron/updates.ts');

const { autoUpdater, dialog } = fake;
const feed = 'https://updates.example/strata';
const told = (): unknown =>
  dialog.showMessageBox.mock.calls.map(([box]) => (box as { message: string }).message);

beforeEach(() => {
  vi.resetAllMocks();
  fake.app.isPackaged = true;
  autoUpdater.autoDownload = true;
  dialog.showMessageBox.mockResolvedValue({ response: 1 });
});

test('without a feed nobody is asked and nothing is said', async () => {
  await checkForUpdates(null);
  expect(told()).toEqual([]);
  expect(autoUpdater.setFeedURL).not.toHaveBeenCalled();
});

test.each(['http://updates.example/', 'file:///tmp', 'httpsx://a'])(
  'a feed that is no https address (%s) is refused before anything is fetched',
  async (address) => {
    await checkForUpdates(address);
    expect(told()).toEqual(['The feed of updates is no https address.']);
    expect(autoUpdater.checkForUpdates).not.toHaveBeenCalled();
  },
);

test('a development build is not updated', async () => {
  fake.app.isPackaged = false;
  await checkForUpdates(feed);
  expect(told()).toEqual(['Only an installed Strata can be updated.']);
  expect(autoUpdater.checkForUpdates).not.toHaveBeenCalled();
});

test.each([null, { isUpdateAvailable: false }])('nothing newer is told as such', async (found) => {
  autoUpdater.checkForUpdates.mockResolvedValue(found);
  await checkForUpdates(feed);
  expect(autoUpdater.setFeedURL).toHaveBeenCalledWith({ provider: 'generic', url: feed });
  expect(told()).toEqual(['Strata is up to date.']);
});

test.each([
  [0, 1],
  [1, 0],
])(
  'a newer version is downloaded only when somebody says so (answer %i)',
  async (response, downloads) => {
    autoUpdater.checkForUpdates.mockImplementation(() => {
      expect(autoUpdater.autoDownload).toBe(false);
      return Promise.resolve({ isUpdateAvailable: true, updateInfo: { version: '9.9.9' } });
    });
    dialog.showMessageBox.mockResolvedValue({ response });
    await checkForUpdates(feed);
    expect(told()).toEqual(['Strata 9.9.9 is there.']);
    expect(autoUpdater.downloadUpdate).toHaveBeenCalledTimes(downloads);
  },
);

test('what went wrong is told with where the feed is set', async () => {
  autoUpdater.checkForUpdates.mockRejectedValue(new Error('net::ERR_NAME_NOT_RESOLVED'));
  await checkForUpdates(feed);
  expect(dialog.showMessageBox).toHaveBeenCalledWith({
    type: 'error',
    message: 'Updates could not be looked for.',
    detail: expect.stringMatching(/ERR_NAME_NOT_RESOLVED[^]*updateFeed/),
  });
});
