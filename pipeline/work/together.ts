/**
 * Starts them all, each with a signal that follows the caller's and is aborted, too, once one of them fails. Waits until
 * every one has ended, so that nothing goes on behind the caller's back, and then throws the first error.
 */
export async function together<Result>(
  signal: AbortSignal | undefined,
  starts: readonly ((signal: AbortSignal) => Promise<Result>)[],
): Promise<Result[]> {
  const shared = new AbortController();
  const follow = (): void => shared.abort(signal?.reason);
  if (signal?.aborted === true) follow();
  signal?.addEventListener('abort', follow);
  const errors: unknown[] = [];
  const results: Result[] = [];
  const run = async (start: (typeof starts)[number], at: number): Promise<void> => {
    try {
      results[at] = await start(shared.signal);
    } catch (error) {
      errors.push(error);
      shared.abort(error);
    }
  };
  try {
    await Promise.all(starts.map(run));
  } finally {
    signal?.removeEventListener('abort', follow);
  }
  if (errors.length > 0) throw errors[0];
  return results;
}
