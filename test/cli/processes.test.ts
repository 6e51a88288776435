import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, cliJson, startCli, told } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

describe('strata beside other processes', () => {
  it('says who holds it while another process works in it, and that no broker is there', async () => {
    const place = join(await temporaryFolder(), 'workspace');
    await cliJson<unknown>(['demo', '--customers', '50', '--workspace', place]);
    const program = `
      const { openWorkspace } = await import(${JSON.stringify(import.meta.resolve('../../pipeline/workspace/node/workspace.ts'))});
      await openWorkspace(${JSON.stringify(place)}); console.log('open'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program]);
    try {
      await once(holder.stdout, 'data');
      for (const args of [['run'], ['query', 'select 1'], ['kpis']]) {
        const result = await cli([...args, '--workspace', place]);
        expect(told(result), args[0]).toEqual({
          exit: 1,
          error: 'WORKSPACE_LOCKED',
          next: true,
          out: '',
        });
      }
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
    expect((await cli(['run', '--workspace', place])).code).toBe(0);
    const broker = [
      'ingest',
      'kafka',
      '--brokers',
      '127.0.0.1:9',
      '--topic',
      't',
      '--preset',
      'bank',
      '--workspace',
      place,
    ];
    expect(told(await cli(broker))).toEqual({
      exit: 1,
      error: 'KAFKA_UNREACHABLE',
      next: true,
      out: '',
    });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends a long run at %s as CANCELLED with exit 1, and opens again',
    async (signal) => {
      const place = join(await temporaryFolder(), 'workspace');
      const { child, result } = startCli(['demo', '--customers', '20000', '--workspace', place]);
      // Late enough for work to be under way, early enough for it not to have ended: this takes many seconds.
      while (!existsSync(join(place, 'warehouse.duckdb')))
        await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 300));
      child.kill(signal);
      expect(told(await result)).toEqual({ exit: 1, error: 'CANCELLED', next: true, out: '' });
      expect((await cli(['run', '--workspace', place])).code).toBe(0);
      const [row] = await cliJson<{ n: number }[]>([
        'query',
        "select count(*) as n from ops.runs where status = 'running'",
        '--workspace',
        place,
      ]);
      expect(row?.n).toBe(0);
    },
  );
});
