import { type Command, noMore, oneOf, parse } from '../command.ts';
import { withWorkspace } from '../session.ts';
import type { SegmentAction } from './action.ts';
import * as model from './model-actions.ts';
import { actionOptions, recipeUsage } from './segment-options.ts';
import { sweepAction } from './sweep-action.ts';

const actions: Readonly<Record<string, SegmentAction>> = {
  sweep: sweepAction,
  train: model.trainAction,
  predict: model.predictAction,
  profile: model.profileAction,
  explain: model.explainAction,
  models: model.modelsAction,
  compare: model.compareAction,
  rename: model.renameAction,
  tiers: model.tiersAction,
};

const withArguments = new Set(['explain', 'compare', 'rename']);

export const segment: Command = {
  summary: 'try numbers of segments, train, predict, explain, compare, rename',
  usage: `Usage: strata segment sweep [--k 2..10] [--gap] [--stability] [--silhouette N|all]
       strata segment train [--k K]
       strata segment predict
       strata segment profile
       strata segment explain CUSTOMER
       strata segment models
       strata segment compare MODEL MODEL
       strata segment rename SEGMENT NAME
       strata segment tiers [--rule "NAME: CONDITION"]...
${recipeUsage}
  --seed N          the same seed gives the same segments
  --restarts N      starts of which the best is kept
  --gap             the gap statistic too (of 10,000 customers at most)
  --stability       and how well segments come back in bootstrap samples (of 20,000 at most)
  --silhouette N    from so many customers, or all (default 20000)
  --rule R          a tier by rule, the first that holds: "Gold: monetary > 1000 and frequency > 20"`,
  async run(args, io) {
    const { values, positionals } = parse(args, actionOptions);
    const [action, ...rest] = positionals;
    const which = oneOf(action ?? '', 'action', Object.keys(actions));
    if (!withArguments.has(which)) noMore(rest);
    await withWorkspace(values, io, async (workspace, context) => {
      await actions[which]?.({ values, rest, workspace, context, io });
    });
  },
};
