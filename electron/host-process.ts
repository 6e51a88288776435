// The process that holds a workspace: DuckDB and the pipeline, and nothing of Electron but the ports to its pages.
// usage: host-process WORKSPACE [--demo]
import { AppError, asAppError } from '../pipeline/contract/errors.ts';
import { openDesktopHost } from '../pipeline/host/node/desktop-host.ts';
import { AskedSecrets } from '../pipeline/host/asked-secrets.ts';
import { parentChannel } from './parent-channel.ts';

// Electron's utility processes only warn of these, and what is left of a host then would answer nobody.
process.on('unhandledRejection', (error) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});

const parent = parentChannel();
const secrets = new AskedSecrets((id, request) => parent.send({ kind: 'secret', id, request }));
const [folder, ...options] = process.argv.slice(2);

try {
  if (folder === undefined) throw new AppError('BAD_USAGE', { problem: 'no workspace was named' });
  const host = await openDesktopHost({
    folder,
    demo: options.includes('--demo'),
    onJob: (standing) => parent.send({ kind: 'job', standing }),
    secrets,
  });
  let ending = false;
  const end = async (running: 'finish' | 'cancel'): Promise<void> => {
    // Asked again while a run finishes, it may only become more urgent.
    if (ending && running === 'finish') return;
    ending = true;
    try {
      await host.close(running);
    } finally {
      process.exit(0);
    }
  };
  parent.onPort((port) => host.serve(port));
  parent.onInstruction((instruction) => {
    if (instruction.kind === 'secret') secrets.receive(instruction.id, instruction.reply);
    else void end(instruction.running);
  });
  parent.onGone(() => {
    secrets.close();
    void end('cancel');
  });
  parent.send({ kind: 'ready', name: host.name });
} catch (error) {
  const { code, message, next } = asAppError(error);
  parent.send({ kind: 'failed', failure: { code, message, next } });
  // Time for the message to leave; the shell ends this process anyway.
  setTimeout(() => process.exit(1), 1000);
}
