/** From here on a shade is no darker: words must stay legible on it. */
const fullAt = 2;
const darkest = 0.42;

/** The background of an effect size: blue above all others, orange below, none at 0. Translucent, for both schemes. */
export function effectShade(cohensD: number | null): string {
  if (cohensD === null || Math.abs(cohensD) < 0.05) return 'transparent';
  const strength = (darkest * Math.min(Math.abs(cohensD), fullAt)) / fullAt;
  return cohensD > 0
    ? `rgba(30, 136, 229, ${strength.toFixed(3)})`
    : `rgba(230, 126, 34, ${strength.toFixed(3)})`;
}
