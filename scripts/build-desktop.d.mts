/** Gives the folder that Electron is to be started with. */
export function buildDesktop(generation: 'current' | 'electron9'): Promise<string>;
