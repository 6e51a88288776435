const signed = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero',
});

/** Two places and the sign that a person writes: `+1.04`, `−0.03`, `0.00`; a dash where there is no number. */
export function signedNumber(value: number | null): string {
  return value === null ? '–' : signed.format(value).replace('-', '\u2212');
}
