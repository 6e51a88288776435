import type { Scheme } from './chart-theme.ts';

type Channels = readonly [number, number, number];

interface Diverging {
  readonly negative: Channels;
  readonly none: Channels;
  readonly positive: Channels;
}

/** Orange to blue over the card's own grey: told apart with every common kind of colour blindness (Okabe and Ito, 2008). */
const palettes: Readonly<Record<Scheme, Diverging>> = {
  light: { negative: [207, 85, 0], none: [241, 243, 245], positive: [0, 114, 178] },
  dark: { negative: [255, 138, 74], none: [36, 43, 51], positive: [74, 168, 232] },
};

function mix(from: Channels, to: Channels, share: number): Channels {
  const at = (channel: 0 | 1 | 2): number =>
    Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [at(0), at(1), at(2)];
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour: Channels): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const hex = (colour: Channels): string =>
  `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/** The colour of a correlation from -1 to 1, and the ink, black or white, that reads better on it. */
export function correlationColour(
  value: number,
  scheme: Scheme,
): { readonly fill: string; readonly ink: string } {
  const { negative, none, positive } = palettes[scheme];
  const fill = mix(none, value < 0 ? negative : positive, Math.min(1, Math.abs(value)));
  const light = luminance(fill);
  const ink = (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? '#000000' : '#ffffff';
  return { fill: hex(fill), ink };
}
