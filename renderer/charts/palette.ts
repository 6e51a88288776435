import type { Scheme } from './chart-theme.ts';

/** Told apart with every common kind of colour blindness: Okabe and Ito's hues (2008), each shade with contrast 3:1 on its background. */
const shades: readonly { readonly light: string; readonly dark: string }[] = [
  { light: '#0072b2', dark: '#4aa8e8' },
  { light: '#c47f00', dark: '#f0b13c' },
  { light: '#008f68', dark: '#2fc598' },
  { light: '#bb5f95', dark: '#e08fbd' },
  { light: '#cf5500', dark: '#ff8a4a' },
  { light: '#3a9bd0', dark: '#9bd4f5' },
  { light: '#7a6fc9', dark: '#aba2f2' },
  { light: '#7d7f1d', dark: '#d6d35c' },
];

const symbols = ['circle', 'diamond', 'square', 'cross', 'triangle-up', 'star', 'x'] as const;

const unknown = { light: '#7b8592', dark: '#8f9aa8' };

function turn<T>(list: readonly T[], index: number): T | undefined {
  return list[((index % list.length) + list.length) % list.length];
}

/** The colour of a segment depends on its id alone, so that it is the same on every chart and after every run. */
export function segmentColour(id: number | null, scheme: Scheme): string {
  return (id === null ? unknown : (turn(shades, id) ?? unknown))[scheme];
}

const dark = new Map([...shades, unknown].map((shade) => [shade.light, shade.dark]));

/** What stands for one of these colours where it was chosen for a light page; any other stays. */
export function shadeOn(scheme: Scheme, colour: string): string {
  return scheme === 'light' ? colour : (dark.get(colour.toLowerCase()) ?? colour);
}

/** Beyond eight segments colours come again, with another mark. */
export function segmentSymbol(id: number | null): string {
  if (id === null) return 'circle-open';
  return turn(symbols, Math.floor(id / shades.length)) ?? 'circle';
}
