import { useEffect, useState } from 'react';

const waiting = new Set<() => void>();
let going = false;

function next(): void {
  const [first] = waiting;
  going = first !== undefined;
  if (first === undefined) return;
  waiting.delete(first);
  first();
  setTimeout(next, 0);
}

/** Becomes true one caller at a time, so that ten charts that come into sight are ten short tasks and not a long one. */
export function useTurn(): boolean {
  const [mine, setMine] = useState(false);
  useEffect(() => {
    const take = (): void => setMine(true);
    waiting.add(take);
    if (!going) {
      going = true;
      setTimeout(next, 0);
    }
    return () => {
      waiting.delete(take);
    };
  }, []);
  return mine;
}
