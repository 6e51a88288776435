import { Button, Select } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { toProblem } from '../../host/problem.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { DeleteRecipe } from './delete-recipe.tsx';
import classes from './recipe.module.css';
import { SaveAs } from './save-as.tsx';
import type { SavedState } from './saved-state.ts';
import { useSavedRecipes, type NamedRecipe } from './use-saved-recipes.ts';

function stateWords(state: SavedState | null): string {
  switch (state?.kind) {
    case 'saved':
      return 'Saved';
    case 'changed':
      return 'Unsaved changes';
    case 'unsaved':
      return 'Not saved';
    case undefined:
      return '';
  }
}

/** The recipes of this workspace by name: load, save, go back, delete. */
export function SavedRecipes(props: NamedRecipe) {
  const { state, names, saving, error, load, save, remove } = useSavedRecipes(props);
  const own = state === null || state.kind === 'unsaved' ? null : state.name;
  return (
    <>
      <div className={classes['saved']}>
        <span className={classes['state']} data-kind={state?.kind} role="status">
          {stateWords(state)}
        </span>
        <Select
          size="xs"
          w={210}
          aria-label="Saved recipe"
          placeholder={
            state !== null && names.length === 0 ? 'No saved recipe yet' : 'Load a saved recipe'
          }
          disabled={names.length === 0}
          searchable
          data={names}
          value={own}
          allowDeselect={false}
          onChange={(chosen) => {
            if (chosen !== null) load(chosen);
          }}
        />
        {state?.kind === 'changed' ? (
          <>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
              onClick={() => load(state.name)}
            >
              Revert
            </Button>
            <Button size="xs" loading={saving} onClick={() => save(state.name)}>
              Save
            </Button>
          </>
        ) : null}
        <SaveAs names={names} suggested={own ?? ''} busy={saving} onSave={save} />
        {own === null ? null : <DeleteRecipe name={own} onDelete={() => remove(own)} />}
      </div>
      {error === null ? null : (
        <div className={classes['failed']}>
          <ErrorState {...toProblem(error)} />
        </div>
      )}
    </>
  );
}
