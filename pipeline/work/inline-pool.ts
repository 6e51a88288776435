import type { Pool, TaskTable } from './pool.ts';

/** Runs tasks where it is called, one after the other; `pause` lets other work run before each. */
export function createInlinePool<Tasks extends TaskTable>(
  tasks: Tasks,
  pause: () => Promise<void>,
): Pool<Tasks> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    size: 1,
    run(name, args, { signal } = {}) {
      const turn = last.then(async () => {
        await pause();
        signal?.throwIfAborted();
        return tasks[name]?.(...(args as never[]));
      });
      last = turn.catch(() => undefined);
      return turn as Promise<never>;
    },
    close: () => undefined,
  };
}
