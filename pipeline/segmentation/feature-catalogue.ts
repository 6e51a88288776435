import { AppError } from '../contract/errors.ts';
import type { FeatureInfo } from '../contract/features.ts';
import type { FeatureRecipe } from '../contract/recipe.ts';
import type { Connection } from '../engine/engine.ts';
import { nearestName } from '../workspace/nearest-name.ts';

const main = 'features.customer_features';

/** Tables of features that hold none of their own: what models saw, and what the main table is made from. */
const besides = "('customer_features_scaled', 'customer_sums')";

/** What the tables of features hold besides features, or for other steps only. */
const technical = new Set(['monetary_before_period', 'model_version']);

const known: Readonly<Record<string, Pick<FeatureInfo, 'label' | 'unit'>>> = {
  recency_days: { label: 'Recency', unit: 'days' },
  frequency: { label: 'Frequency', unit: 'count' },
  monetary: { label: 'Monetary', unit: 'money' },
  aov: { label: 'Average order value', unit: 'money' },
  tenure_days: { label: 'Tenure', unit: 'days' },
  interpurchase_days: { label: 'Days between purchases', unit: 'days' },
  interpurchase_variation: { label: 'Unevenness of purchases', unit: 'number' },
  discount_share: { label: 'Discounted orders', unit: 'share' },
  coupon_share: { label: 'Orders with a coupon', unit: 'share' },
  refund_share: { label: 'Refunds among transactions', unit: 'share' },
  weekend_share: { label: 'Weekend share of purchases', unit: 'share' },
  night_share: { label: 'Night share of purchases', unit: 'share' },
  morning_share: { label: 'Morning share of purchases', unit: 'share' },
  afternoon_share: { label: 'Afternoon share of purchases', unit: 'share' },
  evening_share: { label: 'Evening share of purchases', unit: 'share' },
  refunds: { label: 'Refunds', unit: 'count' },
  historical_clv: { label: 'Historical CLV', unit: 'money' },
  predicted_clv: { label: 'Predicted CLV', unit: 'money' },
  probability_alive: { label: 'Probability of being alive', unit: 'share' },
  expected_purchases: { label: 'Expected purchases', unit: 'number' },
  expected_value: { label: 'Expected order value', unit: 'money' },
  repeat_purchases: { label: 'Repeat purchases', unit: 'count' },
  last_repeat_days: { label: 'Days from first to last purchase', unit: 'days' },
  age_days: { label: 'Days since first purchase', unit: 'days' },
  mean_repeat_value: { label: 'Mean value of repeat purchases', unit: 'money' },
  engagement_recency_days: { label: 'Days since last engagement', unit: 'days' },
  engagement_rate: { label: 'Engagement per 30 days', unit: 'number' },
  age: { label: 'Age', unit: 'number' },
  income: { label: 'Income', unit: 'money' },
};

function words(name: string): string {
  const text = name.replaceAll('_', ' ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What a column is called on the screen and what it counts. */
export function describeFeature(name: string): Pick<FeatureInfo, 'label' | 'unit'> {
  const found = known[name];
  if (found !== undefined) return found;
  if (name.startsWith('category_share_')) {
    return { label: `Share of ${words(name.slice('category_share_'.length))}`, unit: 'share' };
  }
  if (name.startsWith('rate_')) {
    return { label: `${words(name.slice('rate_'.length))} per 30 days`, unit: 'number' };
  }
  return { label: words(name), unit: name.endsWith('_days') ? 'days' : 'number' };
}

/** Every numeric column by which customers are known, the main table's first; a name counts once. */
export async function featureCatalogue(connection: Connection): Promise<FeatureInfo[]> {
  const columns = await connection.rows<{ name: string; table: string }>(
    `select column_name as name, concat(schema_name, '.', table_name) as "table"
     from duckdb_columns()
     where schema_name = 'features' and table_name not in ${besides} and not internal
       and (data_type in ('BIGINT', 'INTEGER', 'DOUBLE', 'HUGEINT') or data_type like 'DECIMAL%')
     order by table_name <> 'customer_features', table_name, column_index`,
  );
  const named = new Map<string, FeatureInfo>();
  for (const { name, table } of columns) {
    if (technical.has(name) || named.has(name)) continue;
    named.set(name, { name, table, ...describeFeature(name) });
  }
  return [...named.values()];
}

/** The features asked for, as they stand; refuses what is none. */
export async function requireFeatures(
  connection: Connection,
  features: readonly string[],
): Promise<FeatureInfo[]> {
  const catalogue = await featureCatalogue(connection);
  if (!catalogue.some(({ table }) => table === main)) throw new AppError('NO_CUSTOMERS');
  return features.map((feature) => {
    const found = catalogue.find(({ name }) => name === feature);
    if (found !== undefined) return found;
    const names = catalogue.map(({ name }) => name).join(', ');
    throw new AppError('FEATURE_UNKNOWN', { feature, known: names });
  });
}

/** Whether a feature of this name is there or could be: with other data, or once CLV was fitted. */
const isPossible = (name: string): boolean =>
  Object.hasOwn(known, name) || /^(?:category_share|rate)_./.test(name);

/** Refuses a strata.json that treats what can be no feature: whoever misspelt it would believe in it. */
export function requireTreatable({ columns }: Pick<FeatureRecipe, 'columns'>): void {
  const stranger = Object.keys(columns).find((name) => !isPossible(name));
  if (stranger === undefined) return;
  const nearest = nearestName(stranger, Object.keys(known));
  const problem = `segmentation.columns treats "${stranger}", which is no feature; the nearest is "${nearest}".`;
  throw new AppError('CONFIG_INVALID', { path: 'strata.json', problem });
}

/** Reads the features of a model; one that has gone since is told of the model, for nobody chose it now. */
export async function readForModel<T>(
  { version }: { readonly version: number },
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'FEATURE_UNKNOWN') throw error;
    const feature = error.details['feature'] ?? '';
    throw new AppError('MODEL_FEATURE_GONE', { version, feature }, { cause: error });
  }
}

/** Reads features of every customer, whichever tables they stand in; `f` is the main one. */
export function featuresFrom(features: readonly FeatureInfo[]): string {
  const others = [...new Set(features.map(({ table }) => table))].filter((name) => name !== main);
  const joins = others.map(
    (table, i) => `left join ${table} t${i} on t${i}.customer_id = f.customer_id`,
  );
  return [`${main} f`, ...joins].join('\n     ');
}

/** A feature as a column of `featuresFrom`. */
export function featureColumn(feature: FeatureInfo, features: readonly FeatureInfo[]): string {
  const others = [...new Set(features.map(({ table }) => table))].filter((name) => name !== main);
  const at = others.indexOf(feature.table);
  return `${at < 0 ? 'f' : `t${at}`}."${feature.name}"`;
}
