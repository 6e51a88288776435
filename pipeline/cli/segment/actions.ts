import type { SegmentAction } from './action.ts';
import * as model from './model-actions.ts';
import { previewAction } from './preview-action.ts';
import { previewOptions, sweepOptions, tierOptions, trainingOptions } from './segment-options.ts';
import { sweepAction } from './sweep-action.ts';
import { tiersAction } from './tiers-action.ts';

interface Entry {
  readonly act: SegmentAction;
  /** How many arguments follow the action's name. */
  readonly takes: number;
  readonly options: object;
}

/** What `strata segment` can do, by name. */
export const actions: Readonly<Record<string, Entry>> = {
  sweep: { act: sweepAction, takes: 0, options: sweepOptions },
  preview: { act: previewAction, takes: 0, options: previewOptions },
  train: { act: model.trainAction, takes: 0, options: trainingOptions },
  predict: { act: model.predictAction, takes: 0, options: {} },
  profile: { act: model.profileAction, takes: 0, options: {} },
  explain: { act: model.explainAction, takes: 1, options: {} },
  models: { act: model.modelsAction, takes: 0, options: {} },
  compare: { act: model.compareAction, takes: 2, options: {} },
  migration: { act: model.migrationAction, takes: 0, options: {} },
  rename: { act: model.renameAction, takes: 2, options: {} },
  tiers: { act: tiersAction, takes: 0, options: tierOptions },
};
