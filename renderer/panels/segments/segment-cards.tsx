import { memo } from 'react';
import type { ModelReport } from '../../../pipeline/contract/segmentation.ts';
import { segmentColour } from '../../charts/palette.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { SegmentName } from './segment-name.tsx';
import classes from './segment-cards.module.css';
import { silhouetteMeaning, silhouetteWord } from './silhouette-word.ts';

interface SegmentCardProps {
  readonly segment: ModelReport['segments'][number];
  /** The share of the largest, whose bar is full. */
  readonly largest: number;
}

function SegmentCard({ segment, largest }: SegmentCardProps) {
  const { scheme } = useChartTheme();
  const { segmentId, segmentName, customers, share, silhouette, sentence } = segment;
  const colour = segmentColour(segmentId, scheme);
  return (
    <li
      className={classes['segment']}
      style={{ borderTopColor: colour }}
      data-testid={`segment-${segmentId}`}
    >
      <SegmentName segmentId={segmentId} name={segmentName} />
      <p className={classes['size']}>
        <strong>{formatCount(customers)}</strong> {customers === 1 ? 'customer' : 'customers'}
        <span>{formatNumber(share, 'percent')}</span>
      </p>
      <div className={classes['track']} aria-hidden="true">
        <i style={{ width: `${(100 * share) / Math.max(largest, 1e-9)}%`, background: colour }} />
      </div>
      <p className={classes['sentence']}>{sentence}</p>
      <p className={classes['foot']}>
        <span title={silhouetteMeaning}>
          Silhouette{' '}
          {silhouette === null ? (
            '–'
          ) : (
            <>
              <b>{silhouette.toFixed(2).replace('-', '\u2212')}</b>, {silhouetteWord(silhouette)}
            </>
          )}
        </span>
        <span title="A segment keeps its number, and with it its name and colour, through every later model">
          No. {segmentId}
        </span>
      </p>
    </li>
  );
}

interface SegmentCardsProps {
  readonly segments: ModelReport['segments'];
}

/** Who is in which segment, and what is special about them. */
export const SegmentCards = memo(function SegmentCards({ segments }: SegmentCardsProps) {
  const largest = Math.max(...segments.map(({ share }) => share));
  return (
    <ul className={classes['segments']}>
      {segments.map((segment) => (
        <SegmentCard key={segment.segmentId} segment={segment} largest={largest} />
      ))}
    </ul>
  );
});
