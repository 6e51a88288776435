/** What the desktop's preload script gives to this page (electron/preload.ts). */
export interface Shell {
  readonly platform: string;
  /** Asks for a port to the host; it arrives as a message of this window. */
  connect(): void;
  /** The host behind the last port is gone. */
  onLost(listener: () => void): void;
  /** Somebody opened a data file by double click, menu or command line. */
  onOpen(listener: (path: string) => void): void;
  /** Lets the desktop open whatever lies at a path. */
  open(path: string): void;
  /** Where a file that was chosen or dropped lies on this machine. */
  pathOf(file: File): string;
}

/** The desktop around this page, or null in a browser. */
export function desktopShell(): Shell | null {
  return (globalThis as { strataShell?: Shell }).strataShell ?? null;
}

/** A file that is dropped beside any field is opened by the desktop; a browser would go there. */
export function takeDrops(shell: Shell): void {
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    const path = file === undefined ? '' : shell.pathOf(file);
    if (path !== '') shell.open(path);
  });
}
