import { basename, join } from 'node:path';
import { BrowserWindow, dialog, MessageChannelMain, screen } from 'electron';
import { answerSecret } from '../pipeline/host/secret-messages.ts';
import type { SecretStore } from '../pipeline/host/secret-store.ts';
import { forkHost } from './compat.ts';
import type { HostFailure, RunningWork } from './host-messages.ts';
import { offerContextMenu, type WordHelp } from './offer-context-menu.ts';
import { askAboutRun, showRun } from './run-notices.ts';
import type { Settings } from './settings.ts';
import { channels, PAGE_ORIGIN } from './shell-api.ts';
import { placement } from './window-state.ts';
import { WorkspaceHost } from './workspace-host.ts';

export interface DeskOptions {
  readonly settings: Settings;
  readonly secrets: SecretStore;
  readonly wordHelp: WordHelp;
  readonly hostModule: string;
  readonly node: string;
  readonly preload: string;
  /** Called when the list of recent workspaces changed. */
  readonly onRecents: () => void;
}

/** Electron 9 has a preference that newer ones no longer know, and leaves it on. */
const insecureOnceByDefault = { enableRemoteModule: false };

interface OpenWorkspace {
  readonly folder: string;
  readonly host: WorkspaceHost;
  name: string;
  readonly windows: Set<BrowserWindow>;
}

interface OpenOptions {
  /** Fills a workspace that holds nothing. */
  readonly demo?: boolean;
  /** A further window, though there is one. */
  readonly another?: boolean;
}

interface OpenWindow {
  readonly window: BrowserWindow;
  readonly workspace: OpenWorkspace;
  /** Files to open that the page is not there for yet; null once it takes them. */
  pending: string[] | null;
}

/** The open workspaces: a host each, and the windows that look at them. */
export class Desk {
  readonly #options: DeskOptions;
  readonly #workspaces = new Map<string, OpenWorkspace>();
  readonly #windows = new Map<BrowserWindow, OpenWindow>();
  /** Folders whose hosts are on their way out: the application ends after them, and nobody opens one before. */
  readonly #closing = new Map<string, Promise<void>>();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** A window on a workspace: the one there is, or a new one. */
  async open(folder: string, options: OpenOptions = {}): Promise<void> {
    await this.#closing.get(folder);
    const workspace = this.#workspaces.get(folder) ?? this.#start(folder, options.demo ?? false);
    const [first] = workspace.windows;
    if (first !== undefined && options.another !== true) {
      if (first.isMinimized()) first.restore();
      first.focus();
      return;
    }
    this.#show(workspace);
  }

  /** The workspace of the window in front, or of any. */
  get currentFolder(): string | null {
    return this.#current()?.workspace.folder ?? null;
  }

  /** Shows a data file in the window in front, from where it can be ingested. */
  openFile(path: string): void {
    const current = this.#current();
    if (current === null) return;
    if (current.pending === null) current.window.webContents.send(channels.open, path);
    else current.pending.push(path);
    current.window.focus();
  }

  connect(window: BrowserWindow): void {
    const open = this.#windows.get(window);
    if (open === undefined) return;
    open.workspace.host.connect(() => {
      const { port1, port2 } = new MessageChannelMain();
      if (!window.isDestroyed()) window.webContents.postMessage(channels.port, null, [port2]);
      return port1;
    });
  }

  listening(window: BrowserWindow): void {
    const open = this.#windows.get(window);
    if (open === undefined) return;
    for (const path of open.pending ?? []) window.webContents.send(channels.open, path);
    open.pending = null;
  }

  /** Asks where a run is going, closes every host in order; false where somebody would rather keep working. */
  async closeAll(): Promise<boolean> {
    const decided: [OpenWorkspace, RunningWork][] = [];
    for (const workspace of this.#workspaces.values()) {
      const [window] = workspace.windows;
      const { running } = workspace.host;
      const choice = running === null ? 'finish' : await askAboutRun(running, window);
      if (choice === 'stay') return false;
      decided.push([workspace, choice]);
    }
    for (const [workspace, running] of decided) this.#close(workspace, running);
    await Promise.all(this.#closing.values());
    return true;
  }

  #current(): OpenWindow | null {
    const focused = BrowserWindow.getFocusedWindow();
    const open = focused === null ? undefined : this.#windows.get(focused);
    return open ?? [...this.#windows.values()].at(-1) ?? null;
  }

  #start(folder: string, demo: boolean): OpenWorkspace {
    const { hostModule, node, settings, secrets, onRecents } = this.#options;
    const windows = new Set<BrowserWindow>();
    const host = new WorkspaceHost(
      {
        onReady: (name) => {
          workspace.name = name;
          settings.addRecent(folder);
          onRecents();
          for (const window of windows) window.setTitle(titleOf(workspace));
        },
        onLost: () => {
          for (const window of windows) {
            window.setProgressBar(-1);
            window.webContents.send(channels.lost);
          }
        },
        onFailed: (failure) => void this.#failed(workspace, failure),
        onJob: (standing) => showRun(windows, standing),
        onSecret: (request) => answerSecret(secrets, request),
      },
      {
        fork: () =>
          forkHost({
            name: 'Strata host',
            path: hostModule,
            args: [folder, ...(demo ? ['--demo'] : [])],
            node,
          }),
        now: () => Date.now(),
        wait: (milliseconds, then) => void setTimeout(then, milliseconds),
      },
    );
    const workspace: OpenWorkspace = { folder, host, name: basename(folder), windows };
    this.#workspaces.set(folder, workspace);
    return workspace;
  }

  #show(workspace: OpenWorkspace): BrowserWindow {
    const { preload, settings } = this.#options;
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    const { bounds, maximized, zoom } = placement(settings.windowState(workspace.folder), screens);
    const shift = workspace.windows.size * 28;
    const window = new BrowserWindow({
      ...bounds,
      x: bounds.x + shift,
      y: bounds.y + shift,
      minWidth: 640,
      minHeight: 480,
      show: false,
      title: titleOf(workspace),
      backgroundColor: '#1a1b1e',
      webPreferences: {
        ...insecureOnceByDefault,
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        // Elsewhere dictionaries would be fetched from the network; the preload script provides for spelling there.
        spellcheck: process.platform === 'darwin',
      },
    });
    this.#windows.set(window, { window, workspace, pending: [] });
    workspace.windows.add(window);
    if (maximized) window.maximize();
    window.once('ready-to-show', () => {
      window.show();
      window.webContents.setZoomLevel(zoom);
      // Whoever started the application waits for this (scripts/desktop.mjs).
      process.stdout.write('strata: a window is open\n');
    });
    window.on('page-title-updated', (event) => event.preventDefault());
    if (process.platform === 'darwin') window.setRepresentedFilename(workspace.folder);
    this.#mindItsEnd(window, workspace);
    void window.loadURL(`${PAGE_ORIGIN}/index.html`);
    return window;
  }

  #mindItsEnd(window: BrowserWindow, workspace: OpenWorkspace): void {
    let decided = false;
    window.on('close', (event) => {
      const { settings } = this.#options;
      settings.keepWindow(workspace.folder, {
        bounds: window.getNormalBounds(),
        maximized: window.isMaximized(),
        zoom: window.webContents.getZoomLevel(),
      });
      const { running } = workspace.host;
      if (decided || running === null || workspace.windows.size > 1) return;
      event.preventDefault();
      const ask = async (): Promise<void> => {
        const choice = await askAboutRun(running, window);
        if (choice === 'stay') return;
        decided = true;
        this.#close(workspace, choice);
        window.close();
      };
      void ask();
    });
    window.on('closed', () => {
      this.#windows.delete(window);
      workspace.windows.delete(window);
      if (workspace.windows.size > 0) return;
      this.#forget(workspace);
      this.#close(workspace, 'finish');
    });
    offerContextMenu(window, this.#options.wordHelp);
    window.webContents.on('did-navigate', () => {
      const open = this.#windows.get(window);
      if (open !== undefined) open.pending ??= [];
    });
  }

  #forget(workspace: OpenWorkspace): void {
    const { folder } = workspace;
    if (this.#workspaces.get(folder) === workspace) this.#workspaces.delete(folder);
  }

  #close({ folder, host }: OpenWorkspace, running: RunningWork): void {
    const closed = host.close(running).finally(() => {
      if (this.#closing.get(folder) === closed) this.#closing.delete(folder);
    });
    this.#closing.set(folder, closed);
  }

  /** What the host said, and its next step; the window has nothing to show without it. */
  async #failed(workspace: OpenWorkspace, failure: HostFailure): Promise<void> {
    this.#forget(workspace);
    // The next start must not run into the same.
    this.#options.settings.dropRecent(workspace.folder);
    this.#options.onRecents();
    const [window] = workspace.windows;
    const box = {
      type: 'error' as const,
      message: failure.message,
      detail: `${failure.next}\n\n${failure.code}\n${workspace.folder}`,
      buttons: ['Close'],
    };
    await (window === undefined ? dialog.showMessageBox(box) : dialog.showMessageBox(window, box));
    for (const one of workspace.windows) one.destroy();
  }
}

const titleOf = ({ name }: OpenWorkspace): string => `${name} — Strata`;

/** Where a workspace goes that nobody chose a place for. */
export const usualFolder = (documents: string): string => join(documents, 'Strata');
