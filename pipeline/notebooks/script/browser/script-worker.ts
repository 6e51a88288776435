import type { TaskRequest } from '../../../work/pool.ts';
import { answerScript } from '../serve-scripts.ts';

addEventListener('message', ({ data }: MessageEvent<TaskRequest>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  void answerScript(data).then((answer) => postMessage(answer));
});
