import type { TaskRequest } from '../../../work/pool.ts';
import { answerScript } from '../serve-scripts.ts';

/** The first message; every other is a request. */
interface Given {
  readonly module: WebAssembly.Module;
}

let given: Given | null = null;

addEventListener('message', ({ data }: MessageEvent<Given | TaskRequest>) => {
  if ('module' in data) given = data;
  else if (given !== null) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    void answerScript(data, given.module).then((answer) => postMessage(answer));
  }
});
