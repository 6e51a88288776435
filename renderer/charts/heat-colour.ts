import type { Scheme } from './chart-theme.ts';

type Channels = readonly [number, number, number];

/** From zero, which stands out from the card, to the strongest; the card's ink reads on all of them. */
const ends: Readonly<Record<Scheme, readonly [Channels, Channels]>> = {
  light: [
    [233, 239, 240],
    [92, 179, 166],
  ],
  dark: [
    [42, 52, 61],
    [26, 114, 104],
  ],
};

/** The colour of a share of the strongest value, as `#rrggbb`; shares beyond 0 and 1 have the colours of these. */
export function heatColour(share: number, scheme: Scheme): string {
  const [none, full] = ends[scheme];
  const at = Math.min(1, Math.max(0, share));
  const channel = (index: 0 | 1 | 2): string =>
    Math.round(none[index] + (full[index] - none[index]) * at)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(0)}${channel(1)}${channel(2)}`;
}
