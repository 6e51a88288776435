import type { TaskAnswer, TaskRequest, TaskTable } from './pool.ts';

/** What a worker makes of a request. Never throws. */
export function answerTask(tasks: TaskTable, { id, name, args }: TaskRequest): TaskAnswer {
  try {
    const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
    if (task === undefined) throw new RangeError(`There is no task called "${name}".`);
    return { id, kind: 'done', result: task(...(args as never[])) };
  } catch (error) {
    if (!(error instanceof Error)) {
      return { id, kind: 'failed', error: { name: 'Error', message: String(error), fields: {} } };
    }
    const { name: kind, message } = error;
    return {
      id,
      kind: 'failed',
      error: { name: kind, message, fields: Object.fromEntries(Object.entries(error)) },
    };
  }
}
