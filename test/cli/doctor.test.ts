import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, cliJson } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

interface Finding {
  readonly what: string;
  readonly state: string;
  readonly detail: string;
}

const mine = {
  name: 'kasse',
  kind: 'transactions',
  identity: 'position',
  fields: { customer_id: 'kunde', occurred_at: 'zeit', amount: 'betrag' },
};

it("lists the workspace's own mappings, says which is broken, and measures the workspace's disk", async () => {
  const folder = await temporaryFolder();
  const place = join(folder, 'workspace');
  const doctor = async (): Promise<Map<string, Finding>> => {
    const { out } = await cli(['doctor', '--json', '--workspace', place]);
    return new Map((JSON.parse(out) as Finding[]).map((finding) => [finding.what, finding]));
  };
  const before = await doctor();
  expect(before.get('mappings')).toMatchObject({ state: 'missing' });
  expect(before.get('disk')).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/^\d+ GB/),
  });
  expect(before.get('disk')?.detail).toContain(folder);

  await mkdir(join(place, 'mappings'), { recursive: true });
  await writeFile(join(place, 'strata.json'), '{}');
  await writeFile(join(place, 'mappings', 'kasse.json'), JSON.stringify(mine));
  const listed = await doctor();
  expect(listed.get('mappings')).toMatchObject({ state: 'ok', detail: 'kasse' });
  expect(listed.get('disk')?.detail).toContain(place);

  await writeFile(join(place, 'mappings', 'kasse.json'), '{}');
  const broken = (await doctor()).get('mappings');
  expect(broken).toMatchObject({ state: 'failed', detail: expect.stringContaining('"kasse"') });
});

it('refuses a report on no customers, whether as a table or as JSON', async () => {
  const place = join(await temporaryFolder(), 'workspace');
  await cliJson<unknown>(['demo', '--customers', '50', '--workspace', place]);
  for (const more of [[], ['--json']]) {
    const result = await cli(['kpis', '--as-of', '1999-01-01', '--workspace', place, ...more]);
    expect([result.code, result.out]).toEqual([1, '']);
    expect(result.err).toContain('NO_CUSTOMERS');
  }
});
