import { AppError } from '../../contract/errors.ts';
import type { Tier } from '../../contract/recipe.ts';
import { assignTiers, countTiers } from '../../segmentation/tiers.ts';
import { count, formatTable, money, toJson } from '../print.ts';
import type { SegmentAction } from './action.ts';

function tierOf(text: string): Tier {
  const [name = '', when = ''] = text.split(/:(.*)/s, 2).map((part) => part.trim());
  if (name !== '' && when !== '') return { name, when };
  const problem = `--rule takes NAME: CONDITION, such as "Gold: monetary > 1000", not "${text}".`;
  throw new AppError('BAD_USAGE', { problem });
}

/** Tiers by rule; what is given here is tried and written, what stands in strata.json is kept up by every run. */
export const tiersAction: SegmentAction = async ({ values, workspace, io }) => {
  const given = (values.rule ?? []).map(tierOf);
  const tiers = given.length > 0 ? given : workspace.config.tiers;
  if (tiers.length === 0) {
    const problem = 'No tiers are given: add --rule "NAME: CONDITION", or "tiers" in strata.json.';
    throw new AppError('BAD_USAGE', { problem });
  }
  const { writer } = workspace;
  await writer.transaction(() => assignTiers(writer, tiers));
  const counted = await countTiers(writer);
  if (values.json === true) return io.out(toJson(counted));
  const rows = counted.map((row) => [
    row.tier,
    count(row.customers),
    count(row.orders),
    money(row.revenue),
  ]);
  io.out(formatTable(['tier', 'customers', 'orders', 'revenue'], rows));
};
