import { type Shell, shellName } from '../../pipeline/contract/shell.ts';

/** The desktop around this page, or null in a browser. */
export function desktopShell(): Shell | null {
  return (globalThis as { [shellName]?: Shell })[shellName] ?? null;
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
