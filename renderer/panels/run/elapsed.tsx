import { useEffect, useState } from 'react';
import { formatDuration } from '../../ui/format.ts';

/** How long ago something began, counting. */
export function Elapsed({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const milliseconds = Math.max(0, now - Date.parse(since));
  return <span>{Number.isNaN(milliseconds) ? '' : formatDuration(milliseconds)}</span>;
}
