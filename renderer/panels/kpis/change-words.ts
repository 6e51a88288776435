import type { KpiSplit } from '../../../pipeline/contract/schemas.ts';
import { formatNumber } from '../../ui/format.ts';
import { changeKpis } from './change-kpis.ts';

export const termNames = ['mix', 'rate', 'migration'] as const;
export type TermName = (typeof termNames)[number];

export const termTitles: Readonly<Record<TermName, string>> = {
  mix: 'Mix',
  rate: 'Rate',
  migration: 'Migration',
};

const reasons: Readonly<Record<TermName, string>> = {
  mix: 'among those who stayed in their segment, the segments weigh otherwise than before',
  rate: 'those who stayed in their segment did otherwise than before',
  migration: 'customers who changed segment, arrived or departed made the difference',
};

const minus = (text: string): string => text.replace('-', '\u2212');

/** Changes of a KPI as people write them: `+1.2 pp` of a share, `−0.63` of an amount; one precision for a whole split. */
export function changeFormat(split: KpiSplit): (value: number) => string {
  const isAmount = changeKpis[split.kpi].format === 'amount';
  const unit = isAmount ? 1 : 100;
  const largest = unit * Math.max(...termNames.map((term) => Math.abs(split[term])));
  const digits = isAmount || largest < 1 ? 2 : 1;
  const format = new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  });
  return (value) => `${minus(format.format(unit * value))}${isAmount ? '' : ' pp'}`;
}

/** The term that moved the KPI most, up or down. */
export function largestTerm(split: KpiSplit): TermName {
  return termNames.reduce((best, term) =>
    Math.abs(split[term]) > Math.abs(split[best]) ? term : best,
  );
}

/** The segment whose part of a term is the largest of those that go its way, or null where one segment is all there is. */
function strongest(split: KpiSplit, term: TermName): KpiSplit['segments'][number] | null {
  if (split.segments.length < 2) return null;
  const sign = Math.sign(split[term]);
  return split.segments.reduce((best, segment) =>
    sign * segment[term] > sign * best[term] ? segment : best,
  );
}

/** What happened, and which term says why. */
export function changeSentence(split: KpiSplit): string {
  const { title, format } = changeKpis[split.kpi];
  const show = changeFormat(split);
  const ends = `from ${minus(formatNumber(split.before, format))} to ${minus(formatNumber(split.after, format))}`;
  const term = largestTerm(split);
  if (split[term] === 0) return `${title} did not change, and no term moved it.`;
  const size = show(Math.abs(split.change)).replace('+', '');
  const moved =
    split.change === 0
      ? `${title} ended where it began`
      : `${title} ${split.change > 0 ? 'rose' : 'fell'} by ${size}, ${ends}`;
  const most = strongest(split, term);
  const where = most === null ? '' : `, most of all in ${most.segmentName}`;
  const against =
    split.change !== 0 && Math.sign(split[term]) !== Math.sign(split.change)
      ? ' It pulls the other way; the other terms together outweigh it.'
      : '';
  return `${moved}. The largest term is ${term} (${show(split[term])}): ${reasons[term]}${where}.${against}`;
}

/** Migration's three parts, which sum to it. */
export function migrationParts(split: KpiSplit): readonly { name: string; value: number }[] {
  const { migration, arrivals, departures } = split;
  return [
    { name: 'arrivals', value: arrivals },
    { name: 'departures', value: departures },
    { name: 'between segments', value: migration - arrivals - departures },
  ];
}
