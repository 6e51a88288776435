/** Gives the folder in dist/ that Electron is to be started with. */
export function buildDesktop(generation: 'current' | 'electron9', name?: string): Promise<string>;
