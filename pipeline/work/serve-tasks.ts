import type { TaskAnswer, TaskRequest, TaskTable } from './pool.ts';

function failed(id: number, error: unknown): TaskAnswer {
  if (!(error instanceof Error)) {
    return { id, kind: 'failed', error: { name: 'Error', message: String(error), fields: {} } };
  }
  const { name, message } = error;
  const fields = Object.fromEntries(Object.entries(error));
  return { id, kind: 'failed', error: { name, message, fields } };
}

/** What a worker makes of a request. Never throws. */
export function answerTask(tasks: TaskTable, { id, name, args }: TaskRequest): TaskAnswer {
  try {
    const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
    if (task === undefined) throw new RangeError(`There is no task called "${name}".`);
    return { id, kind: 'done', result: task(...(args as never[])) };
  } catch (error) {
    return failed(id, error);
  }
}

/** Answers a request; what came of it and cannot be posted is answered as a failure that says so. */
export function serveTask(
  tasks: TaskTable,
  request: TaskRequest,
  post: (answer: TaskAnswer) => void,
): void {
  const answer = answerTask(tasks, request);
  try {
    post(answer);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    post(
      failed(request.id, new Error(`What "${request.name}" came to cannot be sent: ${problem}`)),
    );
  }
}

/** For a request that arrived in pieces: whose it was is not known, so the worker ends, and its pool is told why. */
export function refuseUnreadable(): never {
  throw new Error('What a worker was asked for could not be read.');
}
