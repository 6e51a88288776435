import type { FromPatternWorker, PatternAnswer, PatternAsk } from './pattern-ask.ts';
// Within the script of the page: a shared notebook is one file, whose policy knows workers from blobs alone.
// oxlint-disable-next-line import/default -- Vite makes it
import PatternWorker from './pattern-worker.ts?worker&inline';

export type PatternRun =
  | PatternAnswer
  /** It was ended before it was through. */
  | { readonly kind: 'slow' }
  | { readonly kind: 'failed' };

/** So long a pattern may take, from when its worker runs. */
const patience = 500;

/**
 * Runs a pattern that somebody wrote where it holds nothing up: `(\w+\s?)+=` takes hours on a line without `=`, and nothing
 * but the end of its thread ends it. Never answers once it is aborted.
 */
export function runPattern(ask: PatternAsk, signal: AbortSignal): Promise<PatternRun> {
  return new Promise((resolve) => {
    const worker = new PatternWorker();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      clearTimeout(timer);
      worker.terminate();
    };
    const answer = (run: PatternRun): void => {
      end();
      if (!signal.aborted) resolve(run);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<FromPatternWorker>) => {
      if (data.kind !== 'started') answer(data);
      else timer = setTimeout(() => answer({ kind: 'slow' }), patience);
    });
    worker.addEventListener('error', () => answer({ kind: 'failed' }));
    signal.addEventListener('abort', end, { once: true });
    worker.postMessage(ask, []);
  });
}
