import type { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import {
  type ChartParameters,
  chartParameters,
  type FeaturesParameters,
  featuresParameters,
  type InputValue,
  type KpisParameters,
  kpisParameters,
  type TuningParameters,
  tuningParameters,
} from '../../contract/notebook.ts';
import { featureRecipe } from '../../contract/recipe.ts';
import { isJsonObject, member } from '../document/json-object.ts';
import type { Json, JsonObject } from '../document/notebook-document.ts';
import type { PanelKind } from './cell-kind.ts';
import { describeIssues } from './describe-issues.ts';
import { type InputValues, valueOf } from './fill-in.ts';
import { didYouMean, quoted } from './nearest.ts';
import { referencePattern } from './parameter-references.ts';

export interface PanelParameters {
  readonly chart: ChartParameters;
  readonly features: FeaturesParameters;
  readonly tuning: TuningParameters;
  readonly kpis: KpisParameters;
}

const schemas: { readonly [K in PanelKind]: z.ZodType<PanelParameters[K]> & { shape: object } } = {
  chart: chartParameters,
  features: featuresParameters,
  tuning: tuningParameters,
  kpis: kpisParameters,
};

function fillText(text: string, values: InputValues): InputValue {
  const only = new RegExp(`^\\s*${referencePattern.source}\\s*$`, 'u').exec(text);
  if (only !== null) return valueOf(values, only[1] ?? '');
  return text.replaceAll(referencePattern, (_, name: string) => String(valueOf(values, name)));
}

function fill(value: Json, values: InputValues): Json {
  if (typeof value === 'string') return fillText(value, values);
  if (Array.isArray(value)) return value.map((one: Json) => fill(one, values));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, values)]));
}

const invalid = (problem: string): AppError => new AppError('CELL_INVALID', { problem });

/** The recipe's schema lets names pass that it does not know, as configurations of older versions have them. */
function checkRecipe(parameters: JsonObject): void {
  const recipe = member(parameters, 'recipe');
  if (!isJsonObject(recipe)) return;
  const known = Object.keys(featureRecipe.shape);
  const unknown = Object.keys(recipe).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = didYouMean(unknown, known) || ` Known are ${known.join(', ')}.`;
  throw invalid(`its recipe has no ${quoted(unknown)}.${meant}`);
}

function checkTuning({ kMin, kMax, k }: TuningParameters): void {
  if (kMin > kMax) throw invalid(`"kMin" (${kMin}) is above "kMax" (${kMax}).`);
  if (k !== null && (k < kMin || k > kMax))
    throw invalid(`"k" (${k}) is outside "kMin" to "kMax" (${kMin} to ${kMax}).`);
}

/**
 * A panel's parameters with the values of inputs, checked: a text that is `"{{k}}"` and nothing else becomes the value
 * with its type, within a longer text the value's own text. Throws CELL_INVALID with a sentence.
 */
export function fillInParameters<K extends PanelKind>(
  kind: K,
  parameters: JsonObject,
  values: InputValues,
): PanelParameters[K] {
  const filled = fill(parameters, values);
  if (!isJsonObject(filled)) throw invalid('its parameters are no object.');
  checkRecipe(filled);
  const schema = schemas[kind];
  const parsed = schema.safeParse(filled);
  if (!parsed.success) throw invalid(describeIssues(parsed.error, Object.keys(schema.shape)));
  if (kind === 'tuning') checkTuning(parsed.data as TuningParameters);
  return parsed.data;
}
