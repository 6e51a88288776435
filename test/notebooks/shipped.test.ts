import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalTrust } from '../../pipeline/host/node/notebooks/local-trust.ts';
import { readNotebook } from '../../pipeline/notebooks/document/read-notebook.ts';
import { runnableDigest } from '../../pipeline/notebooks/document/runnable-digest.ts';
import { createRandom } from '../../pipeline/statistics/random.ts';
import { jupyter } from '../helpers/jupyter.ts';
import {
  type Notebook,
  NotebookRuns,
  rowsOf,
  shippedFolder,
  shown,
} from '../helpers/notebook-runs.ts';
import { sharedData } from '../helpers/shared-data.ts';

const RETAIL = '07-uci-online-retail.ipynb';
const DATA = 'online_retail_lines.csv.gz';
const files = readdirSync(shippedFolder).filter((file) => file.endsWith('.ipynb'));
const onDemo = files.filter((file) => file !== RETAIL);
const retail = sharedData(DATA);
const nbformat = await jupyter();

const read = (file: string): Promise<string> => readFile(join(shippedFolder, file), 'utf8');
const parse = (text: string | null): Notebook => JSON.parse(text ?? 'null') as Notebook;

let runs: NotebookRuns;

/** What a shipped notebook gives with these values of its inputs. */
async function given(file: string, ...set: readonly string[]): Promise<Notebook> {
  const { code, err, text } = await runs.run(
    join(shippedFolder, file),
    ...set.flatMap((one) => ['--set', one]),
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return parse(text);
}

describe('the notebooks that Strata ships', () => {
  beforeAll(async () => {
    runs = await NotebookRuns.make();
    await runs.do('demo');
  });
  afterAll(() => runs.remove());

  it('are these, each small, none with a time in it', async () => {
    expect(files).toEqual([
      '01-first-tour.ipynb',
      '02-rfm-and-clv.ipynb',
      '03-tuning-k.ipynb',
      '04-kpi-review.ipynb',
      '05-kafka-to-gold.ipynb',
      '06-lineage-and-quarantine.ipynb',
      RETAIL,
    ]);
    for (const file of files) {
      const text = await read(file);
      expect(text.length).toBeLessThan(400_000);
      expect(text).not.toMatch(/elapsed|\/tmp\/|"execution_count": \d/);
      expect(parse(text).cells.flatMap(({ outputs = [] }) => outputs)).not.toEqual([]);
    }
  });

  it.each(onDemo)('%s gives on the demo workspace what stands in it', async (file) => {
    const { code, err, text } = await runs.run(join(shippedFolder, file));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(text).toBe(await read(file));
  });

  it('give the same whatever the order of their cells', async () => {
    const random = createRandom(7);
    for (const file of ['02-rfm-and-clv.ipynb', '05-kafka-to-gold.ipynb']) {
      const notebook = parse(await read(file));
      const order = notebook.cells.map((cell) => ({ cell, at: random.float() }));
      const cells = order.toSorted((a, b) => a.at - b.at).map(({ cell }) => cell);
      const bare = cells.map((cell) =>
        cell.outputs === undefined ? cell : { ...cell, outputs: [] },
      );
      const ran = await runs.run(await runs.write(file, { ...notebook, cells: bare }));
      const found = parse(ran.text).cells.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(found).toEqual(notebook.cells.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    }
  });

  it('move with their inputs', async () => {
    const tuned = await given('03-tuning-k.ipynb', 'k=6');
    expect(rowsOf(tuned, 'described').map(({ cluster }) => cluster)).toEqual(
      Array.from({ length: 6 }, (_, at) => String(at + 1)),
    );
    const record = await given('06-lineage-and-quarantine.ipynb', "customer=O'Neill", 'nth=3');
    expect(shown(record, 'profile')).toContain('[0 rows');
  });

  it('count churn and contribution by their definitions', async () => {
    const truth = await runs.rows<{ segment: string; customers: number; gone: number }>(
      `with last as (
         select customer_id, max(occurred_at)::date as day from silver.transactions where amount >= 0 group by all
       )
       select coalesce(segment_name, 'All') as segment, count(*) as customers,
         count(*) filter (date '2025-07-01' - day > 45) as gone
       from last join gold.customer_segments using (customer_id)
       group by rollup (segment_name) order by segment`,
    );
    const review = await given('04-kpi-review.ipynb', 'churn_days=45');
    const found = rowsOf(review, 'churn-here').map(({ segment, customers, gone }) => ({
      segment,
      customers: Number(customers),
      gone: Number(gone),
    }));
    expect(found.toSorted((a, b) => (String(a.segment) < String(b.segment) ? -1 : 1))).toEqual(
      truth,
    );
    const split = rowsOf(review, 'split');
    for (const { by_orders, by_order_size, change } of split) {
      expect(Number(by_orders) + Number(by_order_size)).toBeCloseTo(Number(change), 1);
    }
  });

  it('account for every record once', async () => {
    const notebook = parse(await read('05-kafka-to-gold.ipynb'));
    const found = rowsOf(notebook, 'found');
    const [{ n } = { n: 0 }] = await runs.rows<{ n: number }>(
      `select count(*)::integer as n from raw.records where source not like '%demographics%'`,
    );
    expect(found.reduce((sum, { records }) => sum + Number(records), 0)).toBe(n);
    const log = rowsOf(parse(await read('06-lineage-and-quarantine.ipynb')), 'run-log');
    expect(log.map(({ step, balance }) => [step, balance])).toEqual(
      ['silver', 'features', 'segments', 'gold'].map((step) => [step, '0']),
    );
    const proof = rowsOf(parse(await read('06-lineage-and-quarantine.ipynb')), 'proof');
    expect(proof.map(({ difference }) => difference)).toEqual(['0', '0', '0']);
  });

  it('predict what the fitted model of the workspace predicts', async () => {
    await runs.do('clv', 'fit');
    const notebook = await given('02-rfm-and-clv.ipynb');
    expect(shown(notebook, 'model')).toContain('this workspace');
    const found = rowsOf(notebook, 'value').map((row) => [
      row['customer_id'],
      Number(row['predicted_clv']),
      Number(row['alive']),
    ]);
    const truth = await runs.rows<{ id: string; clv: number; alive: number }>(
      `select customer_id as id, round(predicted_clv, 2) as clv, round(probability_alive, 3) as alive
       from features.customer_clv order by predicted_clv desc, customer_id limit 20`,
    );
    expect(found).toEqual(truth.map(({ id, clv, alive }) => [id, clv, alive]));
  });

  it('are trusted wherever they lie, and not once other code is in them', async () => {
    const trust = new LocalTrust(join(runs.folder, 'elsewhere'), join(runs.folder, 'user'));
    const found: boolean[] = [];
    for (const file of files) {
      const document = readNotebook(await readFile(join(shippedFolder, file)));
      found.push(await trust.isTrusted(await runnableDigest(document)));
      const [first, ...rest] = document.cells.filter(({ type }) => type === 'code');
      if (first === undefined) continue;
      const cells = [{ ...first, source: `${first.source}\nprint("hello")` }, ...rest];
      found.push(await trust.isTrusted(await runnableDigest({ ...document, cells })));
    }
    expect(found).toEqual(files.flatMap(() => [true, false]));
  });

  it('lie in the demo workspace, where what somebody changed stays', async () => {
    const folder = join(runs.workspace, 'notebooks');
    expect(readdirSync(folder)).toEqual(files);
    const own = await runs.write('workspace/notebooks/01-first-tour.ipynb', 'mine');
    await runs.do('demo');
    expect(await readFile(own, 'utf8')).toBe('mine');
  });
});

describe.skipIf('skipped' in nbformat)(
  `Python's view of them${'skipped' in nbformat ? ` (skipped: ${nbformat.skipped})` : ''}`,
  () => {
    if ('skipped' in nbformat) return;

    it('finds no fault, and reads them as they are', async () => {
      const texts = await Promise.all(files.map(read));
      const judged = await nbformat.judge(texts);
      const found = judged.map(({ fault, text }) => ({ fault, notebook: parse(text) }));
      expect(found).toEqual(texts.map((text) => ({ fault: null, notebook: parse(text) })));
    });

    it('shows tables and headings as HTML', async () => {
      const html = await nbformat.html(await read('04-kpi-review.ipynb'));
      expect(html).toContain('Whom to call this week');
      expect(html.match(/<table border="1" class="dataframe">/g)?.length).toBeGreaterThan(8);
    });
  },
);

describe.skipIf(retail === null)(`${RETAIL} (skipped where ${DATA} is not there)`, () => {
  let shop: NotebookRuns;

  beforeAll(async () => {
    shop = await NotebookRuns.make();
    await shop.do('ingest', 'file', retail ?? '', '--preset', 'online_retail');
    await shop.do('run');
  });
  afterAll(() => shop.remove());

  it('gives on the real file what stands in it', async () => {
    const { code, err, text } = await shop.run(join(shippedFolder, RETAIL));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(text).toBe(await read(RETAIL));
  });

  it('finds the great order of 2011 that was cancelled within minutes', async () => {
    const [first] = rowsOf(parse(await read(RETAIL)), 'undone');
    expect(first).toMatchObject({
      customer_id: '16446',
      ordered: '168469.60',
      minutes_until_cancelled: '12',
      money_in_the_end: '2.90',
    });
  });
});
