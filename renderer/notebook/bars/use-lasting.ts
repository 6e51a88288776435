import { useEffect, useState } from 'react';

const quick = 250;

/** True once it has been so for a while: a slider that is dragged must not make buttons change places at each step. */
export function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) return undefined;
    const timer = setTimeout(() => setLasting(true), quick);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [now]);
  return now && lasting;
}
