import { parentPort } from 'node:worker_threads';
import type { TaskRequest } from '../../../work/pool.ts';
import { answerScript } from '../serve-scripts.ts';

parentPort?.on('message', (request: TaskRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  void answerScript(request).then((answer) => parentPort?.postMessage(answer));
});
