import type { RunContext } from '../../runs/run-pipeline.ts';
import type { Workspace } from '../../workspace/node/workspace.ts';
import type { CommandIo, parse } from '../command.ts';
import type { actionOptions } from './segment-options.ts';

/** What one action of `strata segment` is given. */
export interface ActionInput {
  readonly values: ReturnType<typeof parse<typeof actionOptions>>['values'];
  /** What stands after the action's name. */
  readonly rest: readonly string[];
  readonly workspace: Workspace;
  readonly context: RunContext;
  readonly io: CommandIo;
}

export type SegmentAction = (input: ActionInput) => Promise<void>;
