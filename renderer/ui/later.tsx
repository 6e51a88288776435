import { type ReactNode, startTransition, useEffect, useState } from 'react';

/**
 * Draws its children for the first time in a task after the one that draws what is before it, so that a long page is not
 * laid out in one go. One within another comes a task later still.
 */
export function Later({ children }: { readonly children: ReactNode }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setDue(true)), 0);
    return () => clearTimeout(timer);
  }, []);
  return due ? children : null;
}
