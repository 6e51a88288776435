import type { Answering } from './answering.ts';
import { arrowBlob } from './arrow-blob.ts';
import type { Notebooks } from './notebooks/notebooks.ts';

export function notebookRoutes({ notebooks: host }: Answering, notebooks: Notebooks) {
  return {
    list: host.list.handler(() => notebooks.list()),
    create: host.create.handler(({ input }) => notebooks.create(input.title)),
    adopt: host.adopt.handler(({ input }) => notebooks.adopt(input)),
    open: host.open.handler(({ input }) => notebooks.open(input.path)),
    watch: host.watch.handler(({ input, signal }) => notebooks.watch(input.id, signal, input.page)),
    update: host.update.handler(({ input: { id, ...update } }) => notebooks.update(id, update)),
    run: host.run.handler(({ input: { id, ...what } }) => notebooks.run(id, what)),
    cancel: host.cancel.handler(({ input }) => notebooks.cancel(input.id)),
    clearOutputs: host.clearOutputs.handler(({ input }) => notebooks.clearOutputs(input.id)),
    trust: host.trust.handler(({ input }) => notebooks.trust(input.id, input.shown)),
    save: host.save.handler(({ input }) => notebooks.save(input.id)),
    resolve: host.resolve.handler(({ input }) => notebooks.resolve(input.id, input.keep)),
    rows: host.rows.handler(async ({ input: { id, ...page } }) =>
      arrowBlob([await notebooks.rows(id, page)]),
    ),
    pictures: host.pictures.handler(({ input }) => notebooks.pictures(input.id, input.cell)),
    close: host.close.handler(({ input }) => notebooks.close(input.id)),
    inspect: host.inspect.handler(({ input, signal }) => notebooks.inspect(input.id, signal)),
    export: host.export.handler(({ input: { id, ...wanted }, signal }) =>
      notebooks.export(id, wanted, signal),
    ),
  };
}
