import { formatNumber, plural } from '../../ui/format.ts';
import classes from './agreement.module.css';
import { agreementWords } from './agreement-words.ts';

interface AgreementProps {
  /** Adjusted Rand index. */
  readonly index: number;
  /** How many customers two models place in different segments, and of how many; null where ids do not match. */
  readonly moved: { readonly customers: number; readonly of: number } | null;
}

/** How alike two segmentations are, with what the number means. */
export function Agreement({ index, moved }: AgreementProps) {
  const share = moved === null || moved.of === 0 ? 0 : moved.customers / moved.of;
  return (
    <p className={classes['agreement']} data-testid="agreement">
      <strong>{index.toFixed(2).replace('-', '\u2212')}</strong> {agreementWords(index)}
      {moved === null
        ? '.'
        : `: ${plural(moved.customers, 'customer')} (${formatNumber(share, 'percent')}) would be in another segment.`}{' '}
      <small>
        The adjusted Rand index of the two: 1 where both part the customers alike, 0 where they
        agree no more than by chance.
      </small>
    </p>
  );
}
