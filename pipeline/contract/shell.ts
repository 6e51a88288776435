/** Which colours somebody chose: those of the system, or always the same. */
export type Colours = 'light' | 'dark' | 'auto';

/** What the desktop's preload script gives to a page, and nothing else. */
export interface Shell {
  readonly platform: string;
  /** Asks for a port to the host; it arrives as a message of this window, named `shellPort`. */
  connect(): void;
  /** The host behind the last port is gone. */
  onLost(listener: () => void): void;
  /** Somebody opened a data file by double click, menu or command line. */
  onOpen(listener: (path: string) => void): void;
  /** Lets the desktop open whatever lies at a path. */
  open(path: string): void;
  /** Has menus, dialogs and title bars follow the colours of the page. */
  follow(colours: Colours): void;
  /** Where a file that was chosen or dropped lies on this machine. */
  pathOf(file: File): string;
}

/** What the page's world calls it. */
export const shellName = 'strataShell';

/** The message that brings a port. */
export const shellPort = 'strata:port';
