import type { Session, WebContents } from 'electron';
import { denyNewWindows, denyPermissions } from './compat.ts';
import { PAGE_ORIGIN } from './shell-api.ts';

/** The origin of app:// addresses is opaque to URL in some versions, so they are compared as text. */
export const isOwnPage = (url: string): boolean =>
  url === PAGE_ORIGIN || url.startsWith(`${PAGE_ORIGIN}/`);

/** A page stays where it is: no navigation, no further window, no webview. Reloads of the page itself are its own. */
export function confine(contents: WebContents, log: (line: string) => void): void {
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (isOwnPage(url)) return;
    event.preventDefault();
    log(`refused to go to ${url}`);
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  denyNewWindows(contents, (url) => log(`refused to open ${url}`));
}

/** Chromium fetches dictionaries past a session's own rules; spelling is checked by electron/spelling. No-ops on macOS. */
function fetchNoDictionaries(session: Session): void {
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerDictionaryDownloadURL('http://127.0.0.1:9/');
}

/** Nothing is granted, and nothing leaves this machine: only the application's own addresses are answered. */
export function lockSession(session: Session, log: (line: string) => void): void {
  fetchNoDictionaries(session);
  denyPermissions(session);
  const local = /^(app|data|blob|devtools|chrome-extension):/;
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !local.test(url);
    if (cancel) log(`refused to fetch ${url}`);
    answer({ cancel });
  });
  // A chart saves its picture as a download of its own making; the system asks where to put it.
  session.on('will-download', (event, item) => {
    if (!/^(blob|data):/.test(item.getURL())) event.preventDefault();
  });
}
