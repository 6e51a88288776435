/** The program, or undefined where it cannot be had. */
export function electron9(): string | undefined;
