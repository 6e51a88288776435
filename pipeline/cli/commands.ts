import type { Command } from './command.ts';

/** Each command is loaded only when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./demo.ts')).demo,
  generate: async () => (await import('./generate.ts')).generateCommand,
  ingest: async () => (await import('./ingest.ts')).ingest,
  transform: async () => (await import('./transform.ts')).transform,
  segment: async () => (await import('./segment/segment.ts')).segment,
  features: async () => (await import('./features.ts')).features,
  clv: async () => (await import('./clv.ts')).clv,
  run: async () => (await import('./run.ts')).run,
  kpis: async () => (await import('./kpis.ts')).kpis,
  query: async () => (await import('./query.ts')).query,
  quarantine: async () => (await import('./quarantine.ts')).quarantine,
  notebook: async () => (await import('./notebook/notebook.ts')).notebook,
  publish: async () => (await import('./publish.ts')).publish,
  serve: async () => (await import('./serve.ts')).serveCommand,
  doctor: async () => (await import('./doctor.ts')).doctor,
};
