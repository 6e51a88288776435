import { AppError } from '../contract/errors.ts';
import type { FeatureInfo } from '../contract/features.ts';
import type { Tier } from '../contract/recipe.ts';
import type { TierCount } from '../contract/segmentation.ts';
import type { Connection } from '../engine/engine.ts';
import { tableColumns } from '../engine/table-columns.ts';
import { toSql } from '../mapping/expression-sql.ts';
import { fieldsOf, parseExpression } from '../mapping/expression.ts';
import { featureColumn, featuresFrom, requireFeatures } from './feature-catalogue.ts';

/** A customer to whom no rule applies. */
const REST = 'Other';

interface CompiledTiers {
  readonly features: readonly FeatureInfo[];
  /** SQL, true where the rule holds. */
  readonly conditions: readonly string[];
}

function tierProblem({ when }: Tier, { code, details, message }: AppError): string {
  if (code === 'SQL_INVALID') return 'it is no condition';
  // What could not be read may be SQL made of the rule, which nobody wrote.
  return code === 'EXPRESSION_INVALID' ? `"${when}": ${details['problem'] ?? ''}.` : message;
}

/** What is wrong with a tier, told with its name. */
function tierError(tier: Tier, error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { name } = tier;
  const problem = tierProblem(tier, error);
  return new AppError('TIER_INVALID', { tier: name, problem }, { cause: error });
}

function compile({ when }: Tier, features: readonly FeatureInfo[]): string {
  const field = (name: string): string => {
    const feature = features.find((one) => one.name === name);
    if (feature === undefined) throw new AppError('FEATURE_UNKNOWN', { feature: name, known: '' });
    // What is beyond any amount of money has no text, and so no condition holds for it.
    return `cast(try_cast(${featureColumn(feature, features)} as decimal(18,4)) as varchar)`;
  };
  return toSql(parseExpression(when), 'boolean', field);
}

/** Reads the rules and has the engine look at each, so that what is wrong is told of the tier that it is wrong with. */
async function compileTiers(
  connection: Connection,
  tiers: readonly Tier[],
): Promise<CompiledTiers> {
  const names = new Set<string>();
  for (const one of tiers) {
    try {
      const fields = fieldsOf(parseExpression(one.when));
      await requireFeatures(connection, fields);
      for (const field of fields) names.add(field);
    } catch (error) {
      throw tierError(one, error);
    }
  }
  const features = await requireFeatures(connection, [...names]);
  const conditions: string[] = [];
  for (const one of tiers) {
    try {
      const condition = compile(one, features);
      await connection.rows(`explain select (${condition}) = true from ${featuresFrom(features)}`);
      conditions.push(condition);
    } catch (error) {
      throw tierError(one, error);
    }
  }
  return { features, conditions };
}

/** Throws TIER_INVALID, which names the tier, for a rule that cannot be read or is none. */
export async function checkTiers(connection: Connection, tiers: readonly Tier[]): Promise<void> {
  if (tiers.length > 0) await compileTiers(connection, tiers);
}

/**
 * Segments by rule, beside those of K-Means: the first tier whose condition on features holds, or "Other". Writes
 * gold.customer_tiers, one row a customer; belongs into a transaction. A condition on what a customer does not have
 * does not hold.
 */
export async function assignTiers(connection: Connection, tiers: readonly Tier[]): Promise<void> {
  const { features, conditions } = await compileTiers(connection, tiers);
  const whens = conditions.map((condition, i) => `when ${condition} then ${i + 1}`);
  const cases = whens.length === 0 ? 'null::integer' : `case ${whens.join(' ')} end`;
  await connection.run(
    `create or replace table gold.customer_tiers as
     with ranked as (
       select f.customer_id, coalesce(${cases}, ${tiers.length + 1}) as tier_rank, f.frequency, f.monetary, f.as_of
       from ${featuresFrom(features)}
     )
     select customer_id, tier_rank,
       coalesce((from_json($names, '["VARCHAR"]'))[tier_rank], '${REST}') as tier_name, frequency, monetary, as_of
     from ranked`,
    { names: JSON.stringify(tiers.map(({ name }) => name)) },
  );
}

/** How many customers each tier has, and what they brought when it was made; none before there are tiers. */
export async function countTiers(connection: Connection): Promise<TierCount[]> {
  const columns = await tableColumns(connection, 'gold.customer_tiers');
  if (columns.size === 0) return [];
  // Tiers of an earlier Strata kept no money, until the next run makes them anew.
  const money = columns.has('monetary')
    ? ''
    : 'join features.customer_features f on f.customer_id = t.customer_id';
  return connection.rows<TierCount & Record<string, string | number>>(
    `select tier_rank as rank, tier_name as tier, count(*) as customers,
       cast(sum(frequency) as bigint) as orders, cast(sum(monetary) as double) as revenue
     from gold.customer_tiers t ${money}
     group by tier_rank, tier_name order by tier_rank`,
  );
}
