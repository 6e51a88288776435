import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { quantileRange } from '../features/treatments.ts';

const missingWords: Readonly<Record<FeatureRecipe['missing'], string>> = {
  refuse: 'none missing allowed',
  median: 'missing as median',
  mean: 'missing as mean',
  zero: 'missing as 0',
};
const transformWords: Readonly<Record<FeatureRecipe['transform'], string>> = {
  none: 'no transform',
  log1p: 'log(1 + x)',
  'yeo-johnson': 'Yeo-Johnson',
};
const scaleWords: Readonly<Record<FeatureRecipe['scale'], string>> = {
  none: 'not scaled',
  standard: 'standardised',
  robust: 'scaled by quartiles',
  minmax: 'scaled to 0–1',
};

function winsoriseWords(winsorise: FeatureRecipe['winsorise']): string {
  return winsorise === null ? 'not winsorised' : `winsorised to ${quantileRange(winsorise)}`;
}

function ownWords(own: FeatureRecipe['columns'][string]): string[] {
  return [
    own.weight === undefined ? '' : `weight ${own.weight}`,
    own.missing === undefined ? '' : missingWords[own.missing],
    own.winsorise === undefined ? '' : winsoriseWords(own.winsorise),
    own.transform === undefined ? '' : transformWords[own.transform],
    own.scale === undefined ? '' : scaleWords[own.scale],
  ].filter((words) => words !== '');
}

/** How a recipe treats its features, in words: what holds for all, and what differs for some. */
export function recipeLine(
  recipe: FeatureRecipe,
  label: (feature: string) => string,
): { readonly features: string; readonly treatment: string; readonly own: readonly string[] } {
  return {
    features: recipe.features.map(label).join(', '),
    treatment: [
      missingWords[recipe.missing],
      ...(recipe.winsorise === null ? [] : [winsoriseWords(recipe.winsorise)]),
      transformWords[recipe.transform],
      scaleWords[recipe.scale],
    ].join(', '),
    own: recipe.features.flatMap((feature) => {
      const words = ownWords(recipe.columns[feature] ?? {});
      return words.length === 0 ? [] : [`${label(feature)}: ${words.join(', ')}`];
    }),
  };
}
