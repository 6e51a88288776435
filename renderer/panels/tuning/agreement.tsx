import classes from './compare.module.css';

/** How alike two segmentations are, with what the number means. */
export function Agreement({ value, moved }: { value: number; moved?: string }) {
  return (
    <p className={classes['agreement']} data-testid="agreement">
      <strong>{value.toFixed(2).replace('-', '\u2212')}</strong> agreement
      {moved === undefined ? '' : `; ${moved}`}.{' '}
      <small>
        The adjusted Rand index: 1 where both part the customers alike, 0 where they agree no more
        than by chance.
      </small>
    </p>
  );
}
