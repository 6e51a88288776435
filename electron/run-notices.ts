import { type BrowserWindow, dialog, Notification } from 'electron';
import type { JobStanding } from '../pipeline/host/node/desktop-host.ts';
import type { RunningWork } from './host-messages.ts';

/** Kept until they are gone: a notification that is collected does not answer a click. */
const shown = new Set<Notification>();

const choices: readonly (RunningWork | 'stay')[] = ['finish', 'cancel', 'stay'];

/** What is to become of a run whose window is closed. */
export async function askAboutRun(
  { title }: JobStanding,
  window: BrowserWindow | undefined,
): Promise<RunningWork | 'stay'> {
  const box = {
    type: 'question' as const,
    message: `“${title}” is still going.`,
    detail: 'Stopped now it leaves everything as it was before its last finished step.',
    buttons: ['Finish, Then Close', 'Stop and Close', 'Keep Working'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  };
  const { response } = await (window === undefined
    ? dialog.showMessageBox(box)
    : dialog.showMessageBox(window, box));
  return choices[response] ?? 'stay';
}

/** The task bar or dock shows how far a run is; a notification says how it ended, if nobody is looking. */
export function showRun(
  windows: ReadonlySet<BrowserWindow>,
  { title, state, share, outcome }: JobStanding,
): void {
  for (const window of windows) {
    window.setProgressBar(state === 'running' ? (share ?? 2) : -1);
  }
  if (state === 'running') return;
  const looking = [...windows].some((one) => one.isFocused());
  if (state === 'cancelled' || looking || !Notification.isSupported()) return;
  const notification = new Notification({
    title: state === 'done' ? title : `${title} failed`,
    body: outcome,
  });
  notification.on('click', () => {
    const [window] = windows;
    window?.show();
    window?.focus();
  });
  notification.on('close', () => shown.delete(notification));
  shown.add(notification);
  notification.show();
}
