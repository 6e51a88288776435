// What a host in a browser is: a worker that has others do the computing, away from the page.
import { openStatisticsPool } from '../../../pipeline/work/browser/web-workers.ts';
import { fitSweep, warmUp } from '../fit-sweep.ts';
import type { Answer, Asked } from './asked.ts';

async function answer({ points, columns, task }: Asked): Promise<Answer> {
  const values = new Float64Array(await (await fetch(points)).arrayBuffer());
  const pool = openStatisticsPool();
  try {
    await warmUp({ pool });
    const fits = await fitSweep({ values, rows: values.length / columns, columns }, task, { pool });
    return { ...fits, threads: pool.size, sharesMemory: typeof SharedArrayBuffer === 'function' };
  } finally {
    pool.close();
  }
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  answer(data).then(
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    (answered) => postMessage(answered),
    // The page's Worker gets it as an error event; a rejection it would not hear of.
    reportError,
  );
});
