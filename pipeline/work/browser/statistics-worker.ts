import type { TaskRequest } from '../pool.ts';
import { answerTask } from '../serve-tasks.ts';
import { statisticsTasks } from '../statistics-tasks.ts';

addEventListener('message', ({ data }: MessageEvent<TaskRequest>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  postMessage(answerTask(statisticsTasks, data));
});
