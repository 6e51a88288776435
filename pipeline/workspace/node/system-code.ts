/** What the operating system calls its refusal, such as ENOENT; null for an error that has no code. */
export const systemCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;
