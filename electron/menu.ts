import { basename } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  readonly newWindow: () => void;
  readonly newWorkspace: () => void;
  readonly openWorkspace: () => void;
  readonly openRecent: (folder: string) => void;
  readonly clearRecents: () => void;
  readonly addData: () => void;
  readonly showCrashReports: () => void;
  readonly checkForUpdates: () => void;
  readonly about: () => void;
}

interface MenuState {
  readonly platform: NodeJS.Platform;
  readonly recents: readonly string[];
  readonly canUpdate: boolean;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

function recentItems(
  recents: readonly string[],
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  if (recents.length === 0) return [{ label: 'No recent workspaces', enabled: false }];
  return [
    ...recents.map((folder) => ({
      label: `${basename(folder)}   ${folder}`,
      click: () => actions.openRecent(folder),
    })),
    separator,
    { label: 'Clear This List', click: actions.clearRecents },
  ];
}

/** The menu bar, as each system's users know it. */
export function menuTemplate(
  { platform, recents, canUpdate }: MenuState,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const updates: MenuItemConstructorOptions = {
    label: 'Check for Updates…',
    enabled: canUpdate,
    click: actions.checkForUpdates,
  };
  const about: MenuItemConstructorOptions = { label: 'About Strata', click: actions.about };
  const mac: MenuItemConstructorOptions[] = [
    {
      label: 'Strata',
      submenu: [
        about,
        updates,
        separator,
        { role: 'services' },
        separator,
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        separator,
        { role: 'quit' },
      ],
    },
  ];
  return [
    ...(isMac ? mac : []),
    {
      label: '&File',
      submenu: [
        { label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
        { label: 'New Workspace…', accelerator: 'CmdOrCtrl+N', click: actions.newWorkspace },
        { label: 'Open Workspace…', accelerator: 'CmdOrCtrl+O', click: actions.openWorkspace },
        { label: 'Open Recent', submenu: recentItems(recents, actions) },
        separator,
        { label: 'Add Data File…', accelerator: 'CmdOrCtrl+Shift+O', click: actions.addData },
        separator,
        { role: 'close' },
        ...(isMac ? [] : [separator, { role: 'quit' } as const]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Show Crash Reports', click: actions.showCrashReports },
        ...(isMac ? [] : [updates, about]),
      ],
    },
  ];
}
