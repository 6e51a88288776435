import type { ClvReport } from '../../../pipeline/contract/clv.ts';
import { formatCount, formatDay, plural } from '../../ui/format.ts';

export type FittedClv = Extract<ClvReport, { kind: 'fitted' }>;
type Calibration = NonNullable<FittedClv['calibration']>;

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const likelihood = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/** What predicted CLV is, with the parameters that it had. */
export function clvDefinition({ months, monthlyDiscount }: FittedClv): string {
  return `purchases expected in the next ${months} months (BG/NBD) × expected value of a purchase (Gamma-Gamma), discounted by ${percent.format(monthlyDiscount)} a month, summed over all customers.`;
}

/** Greek where the papers have it. */
const symbols: Readonly<Record<string, string>> = { alpha: 'α' };

function numbers(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${symbols[name] ?? name} ${Number(value.toPrecision(4))}`)
    .join(', ');
}

/** The parameters of both models, enough to compute any prediction anew. */
export function parameterLine({ purchases, value, logLikelihood }: FittedClv): string {
  const fit = likelihood.format(logLikelihood).replace('-', '\u2212');
  return `BG/NBD ${numbers(purchases)} (days), log-likelihood ${fit}. Gamma-Gamma ${numbers(value)}.`;
}

/** How far all that was promised is from all that came: 0.2 is a fifth too much; null where nothing came. */
export function overshoot({ groups }: Calibration): number | null {
  let promised = 0;
  let came = 0;
  for (const { customers, predicted, actual } of groups) {
    promised += customers * predicted;
    came += customers * actual;
  }
  return came > 0 ? promised / came - 1 : null;
}

function verdict(share: number | null): string {
  if (share === null) return 'Nobody bought in the hold-out, so that no share can be given.';
  const size = whole.format(Math.abs(share));
  if (Math.abs(share) < 0.005) return 'All in all it promised what came.';
  return share > 0
    ? `All in all it promised ${size} more purchases than came.`
    : `All in all it promised ${size} fewer purchases than came.`;
}

/** What was held out, and how the model did on it. */
export function calibrationSentence(calibration: Calibration): string {
  const { cut, days, groups } = calibration;
  const customers = groups.reduce((sum, group) => sum + group.customers, 0);
  return `A model fitted only to what was known on ${formatDay(cut)} predicted the ${formatCount(days)} days after it for ${plural(customers, 'customer')}. ${verdict(overshoot(calibration))}`;
}
