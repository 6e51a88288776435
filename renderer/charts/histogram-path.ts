export interface Bins {
  /** One more than there are counts, rising. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

interface Box {
  readonly width: number;
  readonly height: number;
}

/** A bin that holds anything is this high at least: the rare values of a long tail are what one looks for. */
const lowest = 1.2;

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** All bars of a histogram as the data of one SVG path; a bin without width, as of a constant, stands in the middle. */
export function histogramPath({ edges, counts }: Bins, { width, height }: Box): string {
  const first = edges[0] ?? 0;
  const range = (edges[edges.length - 1] ?? 0) - first;
  const highest = counts.reduce((most, count) => Math.max(most, count), 0);
  let path = '';
  for (let bin = 0; bin < counts.length; bin += 1) {
    const count = counts[bin] ?? 0;
    if (count === 0) continue;
    const from = range > 0 ? (((edges[bin] ?? 0) - first) / range) * width : width * 0.46;
    const to = range > 0 ? (((edges[bin + 1] ?? 0) - first) / range) * width : width * 0.54;
    const top = height - Math.max(lowest, (count / highest) * height);
    const gap = Math.min(0.8, (to - from) * 0.2);
    path += `M${short(from)} ${short(height)}V${short(top)}H${short(to - gap)}V${short(height)}z`;
  }
  return path;
}
