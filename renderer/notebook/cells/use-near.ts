import { useEffect, useState, type RefObject } from 'react';

type Listener = (entry: IntersectionObserverEntry) => void;

const listeners = new WeakMap<Element, Listener>();
let shared: IntersectionObserver | null = null;

/** One observer for all cells: it tells what is on the screen or a screen away. */
function observer(): IntersectionObserver {
  shared ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry);
    },
    { rootMargin: '900px 0px' },
  );
  return shared;
}

export interface Nearness {
  readonly near: boolean;
  /** How tall it was when it went away; null before that. */
  readonly height: number | null;
}

/** Whether an element is near the screen, so that what is far need not be drawn. */
export function useNear(element: RefObject<HTMLElement | null>, first: boolean): Nearness {
  const [nearness, setNearness] = useState<Nearness>({ near: first, height: null });
  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    listeners.set(target, ({ isIntersecting, boundingClientRect }) =>
      setNearness((old) => {
        if (old.near === isIntersecting) return old;
        return {
          near: isIntersecting,
          height: isIntersecting ? old.height : boundingClientRect.height,
        };
      }),
    );
    observer().observe(target);
    return () => {
      listeners.delete(target);
      observer().unobserve(target);
    };
  }, [element]);
  return nearness;
}
