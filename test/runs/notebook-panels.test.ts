import { expect, onTestFinished, test } from 'vitest';
import type { NotebookDocument } from '../../pipeline/notebooks/document/notebook-document.ts';
import { openSession, type WorkspaceSession } from '../../pipeline/runs/notebook/open-session.ts';
import { renameSegment } from '../../pipeline/segmentation/rename-segment.ts';
import { openStatisticsPool } from '../../pipeline/work/node/statistics-pool.ts';
import type { Workspace } from '../../pipeline/workspace/node/workspace.ts';
import { segmentColour } from '../../renderer/charts/palette.ts';
import { shoppers } from '../helpers/shoppers.ts';
import { trained } from '../helpers/trained-workspace.ts';

function documentOf(sources: readonly string[]): NotebookDocument {
  const cells = sources.map((source, at) => ({
    id: `c${at}`,
    type: 'code' as const,
    source,
    metadata: {},
    outputs: [],
    executionCount: null,
  }));
  return { cells, metadata: {}, mode: 'reactive', text: null };
}

async function opened(
  workspace: Workspace,
  sources: readonly string[],
): Promise<WorkspaceSession['session']> {
  const pool = openStatisticsPool(2);
  const { session, close } = await openSession({ workspace, pool, document: documentOf(sources) });
  onTestFinished(async () => {
    await close();
    pool.close();
  });
  return session;
}

test('a sweep tells how many k it has tried while it runs, and nothing after it', async () => {
  const { workspace } = await trained(shoppers(0, 120));
  const recipe = '{"features": ["recency_days", "frequency", "monetary"]}';
  const session = await opened(workspace, [
    `%%strata tuning --save clusters\n{"recipe": ${recipe}, "kMin": 2, "kMax": 6, "restarts": 2}`,
  ]);
  const told: (string | undefined)[] = [];
  session.listen((states) => {
    for (const { status, progress } of states)
      told.push(`${status} ${progress?.note ?? ''}`.trim());
  });
  await session.run('all');
  expect(session.states()).toMatchObject([{ status: 'done', error: null }]);
  expect(told).toEqual([
    ...['waiting', 'running'].slice(told[0] === 'waiting' ? 0 : 1),
    ...[1, 2, 3, 4, 5].map((k) => `running ${k} of 5 k`),
    'done',
  ]);
  expect(session.states()[0]).not.toHaveProperty('progress');
});

test('a chart of segments has their colours, whatever they are called now', async () => {
  const { workspace, context } = await trained(shoppers(0, 120));
  await renameSegment(context.connection, { segmentId: 2, name: 'Aardvarks' });
  const session = await opened(workspace, [
    '%%sql --save people\nselect segment_name, recency_days, monetary from gold.customer_profiles',
    '%%strata chart\n{"data": "people", "type": "scatter", "x": "recency_days", "y": ["monetary"], "colour": "segment_name"}',
  ]);
  await session.run('all');
  const [, chart] = session.states();
  const data = chart?.outputs[0]?.['data'] as Record<string, unknown>;
  const figure = data['application/vnd.plotly.v1+json'] as {
    readonly data: readonly {
      readonly name: string;
      readonly marker: { readonly color: string };
    }[];
  };
  expect(figure.data.map(({ name, marker }) => [name, marker.color])).toEqual(
    ['Platinum', 'Aardvarks', 'Silver', 'Bronze'].map((name, at) => [
      name,
      segmentColour(at + 1, 'light'),
    ]),
  );
});
