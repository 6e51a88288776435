// The process that holds the dictionaries: to read them takes some 200 ms, and suggestions up to a second.
import { judgeSpelling } from './dictionaries.ts';
import type { FromDictionaries, ToDictionaries } from './spelling-messages.ts';

/** Electron's utility process has this in place of a plain child's `process.send`. */
interface ParentPort {
  postMessage(message: FromDictionaries): void;
  on(event: 'message', listener: (event: { data: ToDictionaries }) => void): void;
}

const answer = ({ id, question }: ToDictionaries): FromDictionaries => ({
  id,
  words: judgeSpelling(question),
});

const { parentPort } = process as { parentPort?: ParentPort };
if (parentPort === undefined) {
  process.on('message', (message: ToDictionaries) => process.send?.(answer(message)));
  process.on('disconnect', () => process.exit(0));
} else {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
  parentPort.on('message', ({ data }) => parentPort.postMessage(answer(data)));
}
