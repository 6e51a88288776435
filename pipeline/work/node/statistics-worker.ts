import { parentPort } from 'node:worker_threads';
import type { TaskRequest } from '../pool.ts';
import { refuseUnreadable, serveTask } from '../serve-tasks.ts';
import { statisticsTasks } from '../statistics-tasks.ts';

parentPort?.on('messageerror', refuseUnreadable);
parentPort?.on('message', (request: TaskRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  serveTask(statisticsTasks, request, (answer) => parentPort?.postMessage(answer));
});
