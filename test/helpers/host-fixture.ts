import { randomUUID } from 'node:crypto';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../pipeline/contract/contract.ts';
import { Jobs } from '../../pipeline/host/jobs.ts';
import type { ServeEffects } from '../../pipeline/host/node/serve-effects.ts';
import { defaultServeEffects } from '../../pipeline/host/node/serve-effects.ts';
import { hostRouter } from '../../pipeline/host/router.ts';
import { MemorySecrets } from './memory-secrets.ts';
import { ScriptedWorkbench } from './scripted-workbench.ts';

export type HostClient = ContractRouterClient<typeof contract>;

export interface Logged {
  readonly message: string;
  readonly error: unknown;
}

/** A host's inside on a scripted workbench, with what it logged. */
export function hostFixture() {
  const logged: Logged[] = [];
  const workbench = new ScriptedWorkbench();
  const logger = {
    error: (message: string, error: unknown): void => void logged.push({ message, error }),
  };
  const effects: ServeEffects = {
    ...defaultServeEffects,
    now: () => new Date('2026-11-21T08:00:00Z'),
    newId: randomUUID,
    logger,
  };
  const jobs = new Jobs(workbench, effects);
  const secrets = new MemorySecrets();
  const router = hostRouter({ workbench, jobs, logger, secrets });
  return { workbench, jobs, router, logger, logged, effects, secrets };
}

export type HostFixture = ReturnType<typeof hostFixture>;

/** Waits for a condition, for at most two seconds. */
export async function eventually(condition: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 400 && !condition(); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return condition();
}

/** Promises that a test opens when it is ready. */
export function gate() {
  return Promise.withResolvers<void>();
}
