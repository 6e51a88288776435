import type { JobInput } from '../../contract/schemas.ts';
import { asAppError } from '../../contract/errors.ts';
import { openWorkspace } from '../../workspace/node/workspace.ts';
import { jobTitle } from '../job-title.ts';
import { Jobs } from '../jobs.ts';
import { hostRouter } from '../router.ts';
import type { SecretStore } from '../secret-store.ts';
import type { JobContext } from '../job-context.ts';
import type { Workbench } from '../workbench.ts';
import { openLocalWorkbench } from './local-workbench.ts';
import { serveMessagePort, type ServablePort } from './message-port.ts';
import { defaultServeEffects } from './serve-effects.ts';

/** How a job stands, for a dock, a task bar or a notification. */
export interface JobStanding {
  readonly title: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly share: number | null;
  readonly outcome: string;
}

export interface DesktopHost {
  readonly name: string;
  serve(port: ServablePort): void;
  /** Lets the running job finish, or cancels it, and closes the workspace. */
  close(running: 'finish' | 'cancel'): Promise<void>;
}

export interface DesktopHostOptions {
  readonly folder: string;
  /** Fills a workspace that holds nothing with generated customers. */
  readonly demo: boolean;
  readonly onJob: (standing: JobStanding) => void;
  readonly secrets: SecretStore;
}

/** A workbench whose jobs tell how they stand, besides what their watchers are told. */
function telling(
  workbench: Workbench,
  onJob: DesktopHostOptions['onJob'],
): Pick<Workbench, 'runJob'> {
  return {
    async runJob(input: JobInput, context: JobContext): Promise<string> {
      const title = jobTitle(input);
      const tell = (state: JobStanding['state'], share: number | null, outcome = ''): void =>
        onJob({ title, state, share, outcome });
      tell('running', null);
      try {
        const outcome = await workbench.runJob(input, {
          ...context,
          report: (progress) => {
            const { done, total } = progress;
            tell('running', done === undefined || total === undefined ? null : done / total);
            context.report(progress);
          },
        });
        tell('done', 1, outcome);
        return outcome;
      } catch (error) {
        const { code, message } = asAppError(error);
        const cancelled = code === 'CANCELLED' || context.signal.aborted;
        tell(cancelled ? 'cancelled' : 'failed', null, message);
        throw error;
      }
    },
  };
}

/** Opens a workspace, made if it is new, and answers the contract on every port that it is given. */
export async function openDesktopHost({
  folder,
  demo,
  onJob,
  secrets,
}: DesktopHostOptions): Promise<DesktopHost> {
  const workspace = await openWorkspace(folder, { create: true });
  const workbench = await openLocalWorkbench(workspace, secrets);
  const { logger } = defaultServeEffects;
  const jobs = new Jobs(telling(workbench, onJob), defaultServeEffects);
  const router = hostRouter({ workbench, jobs, logger, secrets });
  if (demo && (await workbench.status()).sources.length === 0) {
    jobs.start({ kind: 'demo', customers: 2000, seed: 42 });
  }
  return {
    name: workspace.config.name,
    serve: (port) => serveMessagePort(port, router, logger),
    close: async (running) => {
      if (running === 'finish') await jobs.idle();
      await jobs.close();
      await workbench.close();
    },
  };
}
