import { useEffect, useState } from 'react';

/**
 * A value as it was until the next frame has been painted and, with `stillMs`, the value has not changed for as long: a
 * table that changes does not keep the chart of it waiting. React's own deferred values are drawn before that frame.
 */
export function useAfterPaint<T>(value: T, stillMs = 0): T {
  const [shown, setShown] = useState(() => value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setShown(() => value), stillMs);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value, stillMs]);
  return shown;
}
