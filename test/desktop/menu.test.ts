import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { contextTemplate } from '../../electron/context-menu.ts';
import { type MenuActions, menuTemplate } from '../../electron/menu.ts';

const called: string[] = [];
const act = (name: string) => (): void => void called.push(name);
const actions: MenuActions = {
  newWindow: act('newWindow'),
  newWorkspace: act('newWorkspace'),
  openWorkspace: act('openWorkspace'),
  openRecent: (folder) => called.push(`openRecent ${folder}`),
  clearRecents: act('clearRecents'),
  addData: act('addData'),
  showCrashReports: act('showCrashReports'),
  checkForUpdates: act('checkForUpdates'),
  about: act('about'),
};

/** Every item of a menu, those of submenus included. */
function itemsOf(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : []),
  ]);
}

const click = ({ click: work }: MenuItemConstructorOptions): unknown =>
  (work as (() => void) | undefined)?.();

describe.each(['linux', 'win32', 'darwin'] as const)('the menu bar on %s', (platform) => {
  const template = menuTemplate(
    { platform, recents: ['/a/shop', '/b'], canUpdate: false },
    actions,
  );
  const items = itemsOf(template);

  test('reaches every action, each key only one of them', () => {
    called.length = 0;
    for (const item of items) click(item);
    const names = Object.keys(actions).filter((name) => name !== 'openRecent');
    expect(called.toSorted()).toEqual([...names, 'openRecent /a/shop', 'openRecent /b'].toSorted());
    const keys = items.flatMap(({ accelerator }) =>
      accelerator === undefined ? [] : [accelerator],
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('has what its users look for, where they do', () => {
    const roles = items.map(({ role }) => role).filter((role) => role !== undefined);
    expect(roles).toEqual(
      expect.arrayContaining(['quit', 'undo', 'paste', 'zoomIn', 'togglefullscreen', 'windowMenu']),
    );
    expect(template[0]?.label).toBe(platform === 'darwin' ? 'Strata' : '&File');
    expect(items.find(({ label }) => label?.startsWith('Check for Updates'))?.enabled).toBe(false);
  });
});

test('says so where there is no recent workspace', () => {
  const template = menuTemplate({ platform: 'linux', recents: [], canUpdate: true }, actions);
  const labels = itemsOf(template).map(({ label }) => label);
  expect(labels).toContain('No recent workspaces');
  expect(labels).not.toContain('Clear This List');
});

test('a right click offers what can be done where it was', () => {
  const nothing = { isEditable: false, selectionText: '' };
  const offered = (clicked: Partial<typeof nothing>): unknown[] =>
    contextTemplate({ ...nothing, ...clicked }, null).map(({ role, label }) => role ?? label);
  expect(offered({})).toEqual([]);
  expect(offered({ selectionText: 'Gold' })).toEqual(['copy']);
  expect(offered({ isEditable: true })).toEqual(['cut', 'copy', 'paste', undefined, 'selectAll']);
});

describe('a right click on a misspelt word', () => {
  const items = (suggestions: readonly string[] | null): MenuItemConstructorOptions[] =>
    contextTemplate(
      { isEditable: true, selectionText: 'segmnt' },
      { suggestions, correct: (word) => called.push(word), learn: act('learn') },
    ).filter(({ type }) => type !== 'separator');

  test('offers corrections and to learn it, above what is always there', () => {
    const offered = items(['segment', 'segments']);
    expect(offered.map(({ role, label }) => role ?? label)).toEqual([
      'segment',
      'segments',
      'Add to Dictionary',
      'cut',
      'copy',
      'paste',
      'selectAll',
    ]);
    called.length = 0;
    for (const item of offered) click(item);
    expect(called).toEqual(['segment', 'segments', 'learn']);
  });

  test('says so where there is nothing to suggest', () => {
    const [first, second] = items([]);
    expect(first).toEqual({ label: 'No suggestions', enabled: false });
    expect(second?.label).toBe('Add to Dictionary');
  });

  test('says nothing of suggestions that were not found in time', () => {
    expect(items(null)[0]?.label).toBe('Add to Dictionary');
  });
});
