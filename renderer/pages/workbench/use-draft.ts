import { useEffect, useMemo, useState } from 'react';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { startKpis } from '../../panels/kpis/kpis-value.ts';
import { startSegments } from '../../panels/segments/segments-value.ts';
import { startTuning, type SweepPlan, type TuningValue } from '../../panels/tuning/tuning-value.ts';
import { keptDraft, type KeptDraft } from './kept-draft.ts';

const key = 'strata.draft';

interface Draft {
  readonly tuning: TuningValue;
  readonly recipeName: string | null;
}

function firstDraft(): Draft {
  const { plan, recipeName } = keptDraft(sessionStorage.getItem(key));
  return { tuning: startTuning(plan), recipeName };
}

/**
 * What the views are set to: one recipe for features and tuning, which outlives a reload of the page together
 * with what is to be tried, and what is looked at elsewhere, which outlives a change of the view.
 */
export function useDraft() {
  const [draft, setDraft] = useState(firstDraft);
  const [segments, setSegments] = useState(startSegments);
  const [kpis, setKpis] = useState(startKpis);
  const { tuning, recipeName } = draft;
  const { options, from, to, gap, stability, silhouetteRows } = tuning;
  useEffect(() => {
    const plan: SweepPlan = { options, from, to, gap, stability, silhouetteRows };
    sessionStorage.setItem(key, JSON.stringify({ plan, recipeName } satisfies KeptDraft));
  }, [options, from, to, gap, stability, silhouetteRows, recipeName]);
  const recipe = useMemo((): FeatureRecipe => {
    const { k: _k, seed: _seed, restarts: _restarts, ...recipe } = options;
    return recipe;
  }, [options]);
  const setters = useMemo(
    () => ({
      setTuning: (tuning: TuningValue): void => setDraft((old) => ({ ...old, tuning })),
      setRecipe: (recipe: FeatureRecipe): void =>
        setDraft((old) => ({
          ...old,
          tuning: { ...old.tuning, options: { ...old.tuning.options, ...recipe } },
        })),
      setRecipeName: (recipeName: string | null): void =>
        setDraft((old) => ({ ...old, recipeName })),
    }),
    [],
  );
  return { ...draft, recipe, segments, setSegments, kpis, setKpis, ...setters };
}

export type DraftState = ReturnType<typeof useDraft>;
