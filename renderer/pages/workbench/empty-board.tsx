import { IconBroadcast, IconFile, IconSparkles } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Way } from '../../panels/run/run-panel.tsx';
import classes from './empty-board.module.css';

const ways: readonly { way: Way; icon: ReactNode; title: string; words: string }[] = [
  {
    way: 'demo',
    icon: <IconSparkles size={22} aria-hidden="true" />,
    title: 'Try the demo',
    words:
      'Generated customers with believable lives, from raw events to four KPI charts in seconds.',
  },
  {
    way: 'file',
    icon: <IconFile size={22} aria-hidden="true" />,
    title: 'Open a file',
    words: 'CSV, JSON, NDJSON or Parquet, also gzipped. A preset says what its fields mean.',
  },
  {
    way: 'kafka',
    icon: <IconBroadcast size={22} aria-hidden="true" />,
    title: 'Read a topic',
    words: 'A Kafka topic from where you left off, each record exactly once.',
  },
];

/** A workspace in which nothing has landed: what this is, and the three ways in. */
export function EmptyBoard({ onWay }: { onWay: (way: Way) => void }) {
  return (
    <div className={classes['empty']} data-testid="empty-workspace">
      <svg className={classes['picture']} viewBox="0 0 240 132" aria-hidden="true">
        <path d="M120 76 228 102 120 128 12 102z" fill="var(--layer-raw)" opacity="0.55" />
        <path d="M120 54 228 80 120 106 12 80z" fill="var(--layer-silver)" opacity="0.75" />
        <path d="M120 30 228 56 120 82 12 56z" fill="var(--layer-features)" opacity="0.85" />
        <path d="M120 4 228 30 120 56 12 30z" fill="var(--layer-gold)" />
      </svg>
      <h2 className={classes['title']}>This workspace is empty</h2>
      <p className={classes['words']}>
        Strata turns customer events into segments and KPIs, on this machine alone: raw records are
        kept as they came, cleaned into silver, condensed into features, and read as gold. There are
        three ways in.
      </p>
      <ul className={classes['ways']}>
        {ways.map((way) => (
          <li key={way.title}>
            <button type="button" onClick={() => onWay(way.way)}>
              {way.icon}
              <b>{way.title}</b>
              <span>{way.words}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
