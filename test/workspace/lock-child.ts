import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';

/** Holds a workspace open until its parent ends it. */
await openWorkspace(process.argv[2] ?? '', { create: true });
process.send?.('open');
setInterval(() => undefined, 1000);
