/** A name as SQL takes it, whatever it holds. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as SQL takes it: a backslash is a letter like any other. */
export const quotedText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
