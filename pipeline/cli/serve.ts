import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../contract/errors.ts';
import { openLocalWorkbench, uploadsFolder } from '../host/node/local-workbench.ts';
import { serve } from '../host/node/server.ts';
import type { Workbench } from '../host/workbench.ts';
import { openWorkspace } from '../workspace/node/workspace.ts';
import {
  type Command,
  type CommandIo,
  noMore,
  parse,
  wholeNumber,
  workspaceFolder,
} from './command.ts';
import { toJson } from './print.ts';

const page = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

/** The first start shows its progress here; the address follows when there is something to see. */
async function fillWithDemo(workbench: Workbench, io: CommandIo): Promise<void> {
  const done = await workbench.runJob(
    { kind: 'demo', customers: 2000, seed: 42 },
    { signal: io.signal, report: ({ step, message }) => io.progress(`${step}: ${message}`) },
  );
  io.out(done);
}

export const serveCommand: Command = {
  summary: 'the workbench in a browser, on loopback, with a token',
  usage: `Usage: strata serve [--port N] [--demo]

  --port N          the port (default: a free one)
  --demo            fill an empty workspace with generated customers

Prints the address, which carries the token, and serves until Ctrl-C.`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      port: { type: 'string', default: '0' },
      demo: { type: 'boolean' },
    });
    noMore(positionals);
    const port = wholeNumber(values.port, 'port', { least: 0, most: 65_535 });
    if (!existsSync(join(page, 'index.html'))) {
      const problem = 'the page has not been built; "npm start" builds it, as does "npm run build"';
      throw new AppError('INTERNAL', { problem });
    }
    const workspace = await openWorkspace(workspaceFolder(values, io), { create: true });
    const workbench = await openLocalWorkbench(workspace);
    try {
      if (values.demo === true && (await workbench.status()).sources.length === 0) {
        await fillWithDemo(workbench, io);
      }
      const filesDirectory = uploadsFolder(workspace.path);
      const served = await serve({ workbench, staticDirectory: page, filesDirectory, port });
      const address = `${served.url.replace(/\/$/, '')}/#token=${served.token}`;
      io.out(
        values.json === true ? toJson({ address, port: served.port }) : `Strata is at ${address}`,
      );
      if (!io.signal.aborted) await once(io.signal, 'abort');
      await served.close();
    } finally {
      await workbench.close();
    }
  },
};
