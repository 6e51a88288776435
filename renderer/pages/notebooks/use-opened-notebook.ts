import { useEffect } from 'react';
import { useHost } from '../../host/host-context.tsx';
import { toProblem, type Problem } from '../../host/problem.ts';
import { useAdoptNotebook } from './queries.ts';

/** Opens what the desktop is asked to open: by double click, by dropping it, from the menu. Gives what failed of that. */
export function useOpenedNotebook(onOpen: (path: string) => void): Problem | null {
  const { openedNotebook } = useHost();
  const { mutate, error } = useAdoptNotebook();
  useEffect(() => {
    const take = (): void => {
      const path = openedNotebook.take();
      if (path !== null) mutate(path, { onSuccess: (file) => onOpen(file.path) });
    };
    take();
    return openedNotebook.subscribe(take);
  }, [openedNotebook, mutate, onOpen]);
  return error === null ? null : toProblem(error);
}
