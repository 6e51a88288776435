import { MultiSelect } from '@mantine/core';
import { useFeatureList } from '../../host/queries/features.ts';
import { useRecipes } from '../../host/queries/recipes.ts';
import { readParameters, textsOf, type PanelParameters } from '../source/panel-parameters.ts';
import type { PanelFormProps } from './chart-form.tsx';
import { Choice } from './choice.tsx';
import { FormField } from './form-field.tsx';

function recipeOf(parameters: PanelParameters): PanelParameters {
  return readParameters(JSON.stringify(parameters['recipe'] ?? {})) ?? {};
}

/** A recipe: a saved one taken as it is, or the features of the one that stands here. */
export function RecipeFields({ parameters, onChange }: PanelFormProps) {
  const saved = useRecipes().data ?? [];
  const known = useFeatureList().data ?? [];
  const recipe = recipeOf(parameters);
  const features = textsOf(recipe['features']);
  const label = new Map(known.map((feature) => [feature.name, feature.label]));
  const same = saved.find(
    (one) => JSON.stringify(one.recipe) === JSON.stringify(parameters['recipe']),
  );
  const names = [...new Set([...known.map(({ name }) => name), ...features])];
  return (
    <>
      <FormField label="Recipe" value={parameters['recipe']}>
        <Choice
          label="Recipe"
          items={saved.map(({ name }) => name)}
          none={saved.length === 0 ? 'none saved' : 'as chosen here'}
          value={same?.name ?? null}
          onChange={(name) => {
            const found = saved.find((one) => one.name === name);
            if (found !== undefined) onChange({ ...parameters, recipe: found.recipe });
          }}
        />
      </FormField>
      <FormField label="Features" value={parameters['recipe']} wide>
        <MultiSelect
          size="xs"
          label="Features"
          searchable
          data={names.map((name) => ({ value: name, label: label.get(name) ?? name }))}
          value={features}
          onChange={(value) => {
            if (value.length > 0)
              onChange({ ...parameters, recipe: { ...recipe, features: value } });
          }}
        />
      </FormField>
    </>
  );
}
