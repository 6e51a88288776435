import type { Answer, Bench } from './asked.ts';

const bench: Bench = {
  sweep(asked) {
    const worker = new Worker(new URL('./coordinator.ts', import.meta.url), { type: 'module' });
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    worker.postMessage(asked);
    return promise.finally(() => worker.terminate());
  },
};

Object.assign(globalThis, { bench });
