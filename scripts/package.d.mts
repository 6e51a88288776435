/** Builds and packs; gives the folder that holds the results. */
export function packDesktop(options: {
  /** The folder of an unpacked Electron; the one that is shipped if left out. */
  dist?: string;
  /** Leaves the fuses alone: Playwright needs `--inspect`. */
  inspectable?: boolean;
  /** Options of electron-builder. */
  args: readonly string[];
}): Promise<string>;
