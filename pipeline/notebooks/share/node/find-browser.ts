import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];

const windowsPlaces = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];

const macPlaces = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

export interface Surroundings {
  readonly platform: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const here: Surroundings = {
  platform: process.platform,
  variables: process.env,
  exists: existsSync,
};

function places({ platform, variables }: Surroundings): string[] {
  const at = (name: string): string[] => {
    const value = variables[name];
    return value === undefined || value === '' ? [] : [value];
  };
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(at);
    return roots.flatMap((root) => windowsPlaces.map((parts) => join(root, ...parts)));
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', ...at('HOME').map((home) => join(home, 'Applications'))];
    return roots.flatMap((root) => macPlaces.map((place) => join(root, place)));
  }
  const folders = at('PATH').flatMap((path) => path.split(delimiter));
  return [...folders, '/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
}

/** A browser of the Chromium family: the one that STRATA_CHROMIUM names, or one at its usual place; null where there is none. */
export function findBrowser(surroundings: Surroundings = here): string | null {
  const named = surroundings.variables['STRATA_CHROMIUM'];
  if (named !== undefined && named !== '') return surroundings.exists(named) ? named : null;
  return places(surroundings).find(surroundings.exists) ?? null;
}
