import type { TaskRequest } from '../pool.ts';
import { refuseUnreadable, serveTask } from '../serve-tasks.ts';
import { statisticsTasks } from '../statistics-tasks.ts';

addEventListener('messageerror', refuseUnreadable);
addEventListener('message', ({ data }: MessageEvent<TaskRequest>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  serveTask(statisticsTasks, data, (answer) => postMessage(answer));
});
