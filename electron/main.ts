// The desktop shell: windows, menus, files, and nothing else. The pipeline runs in a host process of its own.
import { app, BrowserWindow, dialog, Menu, protocol, session, shell } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pageHeaders } from '../pipeline/host/node/page-headers.ts';
import { keepCrashReports, safeStorage, serveFolder } from './compat.ts';
import { keepGoneProcesses } from './crash-log.ts';
import { Desk, usualFolder } from './desk.ts';
import { followColours } from './follow-colours.ts';
import { findKeychain } from './keychain.ts';
import { menuTemplate } from './menu.ts';
import {
  type Asked,
  askedBy,
  dataExtensions,
  isRemote,
  type OpenTarget,
  pathOfLink,
  targetOf,
  workspaceAround,
} from './open-target.ts';
import { PageMessages } from './page-messages.ts';
import { Secrets } from './secrets.ts';
import { confine, lockSession } from './security.ts';
import { Settings } from './settings.ts';
import { channels } from './shell-api.ts';
import { openSpelling } from './spelling/open-spelling.ts';
import { checkForUpdates } from './updates.ts';

const log = (line: string): void => void process.stderr.write(`strata: ${line}\n`);

/** Everything that is built stands beside this file. */
const built = __dirname;
/** Tests and `npm run desktop` name the Node to use where Electron has no utilityProcess. */
const node = process.env['STRATA_NODE'] ?? 'node';

// A development build keeps its settings, and its one instance, apart from an installed one.
app.setName(app.isPackaged ? 'Strata' : 'Strata Development');
const settings = new Settings(join(app.getPath('userData'), 'desktop.json'));

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

const spelling = openSpelling({
  dictionaries: {
    name: 'Strata spelling',
    path: join(built, 'app', 'electron', 'spelling', 'dictionary-process.js'),
    args: [],
    node,
  },
  ownWords: join(app.getPath('userData'), 'dictionary.txt'),
  log,
});

const desk = new Desk({
  settings,
  secrets: new Secrets({
    path: join(app.getPath('userData'), 'secrets.json'),
    keychain: () => findKeychain(safeStorage(), process.platform),
    log,
  }),
  wordHelp: spelling.wordHelp,
  hostModule: join(built, 'app', 'electron', 'host-process.js'),
  node,
  preload: join(built, 'preload.cjs'),
  onRecents: () => {
    showMenu();
    const [latest] = settings.recents;
    if (latest !== undefined) app.addRecentDocument(latest);
  },
});

function currentFolder(): string {
  const recent = settings.recents.find((folder) => existsSync(folder));
  return desk.currentFolder ?? recent ?? usualFolder(app.getPath('documents'));
}

/** A file is opened in a workspace, so there is one first. */
async function openFile(path: string): Promise<void> {
  if (desk.currentFolder === null) await desk.open(currentFolder());
  desk.openFile(path);
}

/** A notebook of a workspace is opened there; any other is taken into the one at hand, where nothing of it runs unasked. */
async function openNotebook(path: string): Promise<void> {
  const home = workspaceAround(path);
  if (home !== null && home !== desk.currentFolder) await desk.open(home);
  await openFile(path);
}

/** A folder that is somebody's for something else does not become a workspace unasked. */
async function openFolder(folder: string): Promise<void> {
  const isWorkspace = existsSync(join(folder, 'strata.json'));
  if (!isWorkspace) {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: 'There is no workspace in this folder. Make one there?',
      detail: `${folder}\n\nStrata keeps a few files and folders of its own in it and leaves the others alone.`,
      buttons: ['Make a Workspace', 'Cancel'],
      defaultId: 0,
      cancelId: 1,
    });
    if (response !== 0) return;
  }
  await desk.open(folder);
}

function open(target: OpenTarget): void {
  switch (target.kind) {
    case 'workspace':
      void openFolder(target.folder);
      return;
    case 'data':
      void openFile(target.path);
      return;
    case 'notebook':
      void openNotebook(target.path);
      return;
    case 'unknown':
      void dialog.showMessageBox({
        type: 'info',
        message: 'This kind of file is not opened by Strata.',
        detail: `${target.path}\n\nOpen a workspace folder, a notebook, or a CSV, JSON, NDJSON or Parquet file.`,
      });
  }
}

/** A link can come from any page or mail: what it wants is shown first. */
async function openLinked(path: string): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'A link asks Strata to open this. Do you want that?',
    detail: path,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  if (response === 0) open(targetOf(path, '/'));
}

async function chooseFolder(title: string, buttonLabel: string): Promise<readonly string[]> {
  const properties = ['openDirectory', 'createDirectory'] as const;
  const chosen = await dialog.showOpenDialog({ title, buttonLabel, properties: [...properties] });
  return chosen.filePaths;
}

async function newWorkspace(): Promise<void> {
  for (const folder of await chooseFolder('A folder for the new workspace', 'Create')) {
    await desk.open(folder);
  }
}

async function openWorkspace(): Promise<void> {
  for (const folder of await chooseFolder('Open a workspace', 'Open')) await openFolder(folder);
}

async function chooseData(): Promise<void> {
  const chosen = await dialog.showOpenDialog({
    title: 'Add a data file',
    properties: ['openFile'],
    filters: [
      { name: 'Data', extensions: [...dataExtensions] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  for (const path of chosen.filePaths) open({ kind: 'data', path });
}

function showMenu(): void {
  const canUpdate = settings.updateFeed !== null;
  const state = { platform: process.platform, recents: settings.recents, canUpdate };
  const template = menuTemplate(state, {
    newWindow: () => void desk.open(currentFolder(), { another: true }),
    newWorkspace: () => void newWorkspace(),
    openWorkspace: () => void openWorkspace(),
    openRecent: (folder) => void openFolder(folder),
    clearRecents: () => {
      settings.clearRecents();
      app.clearRecentDocuments();
      showMenu();
    },
    addData: () => void chooseData(),
    showCrashReports: () => void shell.openPath(crashFolder),
    checkForUpdates: () => void checkForUpdates(settings.updateFeed),
    about: () => app.showAboutPanel(),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

const pages = new PageMessages(log);
pages.on(channels.connect, (window) => desk.connect(window));
pages.on(channels.colours, (_window, colours) => followColours(colours));
pages.on(channels.listening, (window) => desk.listening(window));
pages.answer(channels.misspelt, (words) => spelling.misspelt(words));
pages.on(channels.dropped, (_window, path) => {
  if (typeof path === 'string' && !isRemote(path)) open(targetOf(path, '/'));
});

/** Files and links that came before there could be a window. */
const early: OpenTarget[] = [];
let isUp = false;
const openOrKeep = (target: OpenTarget): void => void (isUp ? open(target) : early.push(target));

app.on('open-file', (event, path) => {
  event.preventDefault();
  openOrKeep(targetOf(path, '/'));
});
app.on('open-url', (event, url) => {
  event.preventDefault();
  const path = pathOfLink(url);
  if (path !== null) void app.whenReady().then(() => openLinked(path));
});
app.on('web-contents-created', (_event, contents) => confine(contents, log));
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});
app.on('activate', () => {
  if (BrowserWindow.getAllWindows().length === 0 && isUp) void desk.open(currentFolder());
});

let mayQuit = false;
async function quit(): Promise<void> {
  const before = new Set(BrowserWindow.getAllWindows());
  const closed = await desk.closeAll();
  // Somebody may have opened another window while a host took its time.
  const isNew = BrowserWindow.getAllWindows().some((window) => !before.has(window));
  mayQuit = closed && !isNew;
  if (mayQuit) app.quit();
}
app.on('before-quit', (event) => {
  if (mayQuit) return;
  event.preventDefault();
  void quit();
});

const crashFolder = keepCrashReports();
keepGoneProcesses(app, crashFolder, log);

/** A folder that is named on a command line is meant, whether it is a workspace yet or not. */
async function openAsked({ targets, links, demo }: Asked): Promise<void> {
  const folders = targets.flatMap((target) => (target.kind === 'workspace' ? [target.folder] : []));
  for (const folder of folders) await desk.open(folder, { demo });
  if (
    folders.length === 0 &&
    (desk.currentFolder === null || targets.length + links.length === 0)
  ) {
    await desk.open(currentFolder(), { demo });
  }
  for (const target of targets) {
    if (target.kind !== 'workspace') open(target);
  }
  for (const link of links) await openLinked(link);
}

async function start(): Promise<void> {
  lockSession(session.defaultSession, log);
  serveFolder('app', join(built, 'page'), pageHeaders([]));
  showMenu();
  const asked = askedBy(process.argv, { from: process.cwd(), isPackaged: app.isPackaged });
  isUp = true;
  await openAsked({ ...asked, targets: [...asked.targets, ...early] });
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, args, folder) => {
    void openAsked(askedBy(args, { from: folder, isPackaged: app.isPackaged }));
  });
  // A development build must not take links from an installed one.
  if (app.isPackaged) app.setAsDefaultProtocolClient('strata');
  void app.whenReady().then(start);
} else {
  app.quit();
}
