import classes from './histogram-bars.module.css';
import { histogramPath, type Bins } from './histogram-path.ts';

interface HistogramBarsProps {
  readonly bins: Bins;
  readonly tone: 'before' | 'after';
  /** What is drawn, for those who do not see it. */
  readonly label: string;
  /** The ends of the axis. */
  readonly from: string;
  readonly to: string;
}

const box = { width: 120, height: 34 };

/** A histogram so small and light that a table may hold dozens. */
export function HistogramBars({ bins, tone, label, from, to }: HistogramBarsProps) {
  return (
    <div className={classes['histogram']} data-tone={tone}>
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <path d={histogramPath(bins, box)} />
      </svg>
      <p className={classes['ends']} aria-hidden="true">
        <span>{from}</span>
        <span>{to}</span>
      </p>
    </div>
  );
}
