/** The path of the Electron that is shipped, or undefined where its binary is not installed. */
export function electronProgram(): string | undefined;
