import { actionOf, type Command, noMore, onlyOptions, parse } from '../command.ts';
import { recipeUsage } from '../recipe-options.ts';
import { withWorkspace } from '../session.ts';
import { actions } from './actions.ts';
import { actionOptions } from './segment-options.ts';

export const segment: Command = {
  summary: 'try numbers of segments, preview, train, predict, explain, compare, rename',
  usage: `Usage: strata segment sweep [--k 2..10] [--gap] [--stability] [--silhouette N|all]
       strata segment preview [--k K] [--stability] [--silhouette N|all]
       strata segment train [--k K]
       strata segment predict
       strata segment profile
       strata segment explain CUSTOMER
       strata segment models
       strata segment compare MODEL MODEL
       strata segment migration
       strata segment rename SEGMENT NAME
       strata segment tiers [--rule "NAME: CONDITION"]...

sweep, preview and train also take${recipeUsage}
  --seed N          the same seed gives the same segments
  --restarts N      starts of which the best is kept

preview shows what a training would come to: its clusters, and who would become whom

sweep and preview
  --stability       how well segments come back in bootstrap samples (of 20,000 at most):
                    over all for each k, and each cluster of the recommended k or the previewed one
  --silhouette N    from so many customers, or all (default 20000)

sweep alone
  --gap             the gap statistic too (of 10,000 customers at most)

tiers alone
  --rule R          a tier by rule, the first that holds: "Gold: monetary > 1000 and frequency > 20"`,
  async run(args, io) {
    const { values, positionals } = parse(args, actionOptions);
    const [name, ...rest] = positionals;
    const which = actionOf(name, Object.keys(actions));
    const action = actions[which];
    onlyOptions(values, `segment ${which}`, Object.keys(action?.options ?? {}));
    noMore(rest.slice(action?.takes ?? 0));
    await withWorkspace(values, io, async (workspace, context) => {
      await action?.act({ values, rest, workspace, context, io });
    });
  },
};
