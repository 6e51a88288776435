import type { PlotlyObject } from './figure.ts';

export type Scheme = 'light' | 'dark';

export interface ChartTheme {
  readonly scheme: Scheme;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly card: string;
}

const themes: Readonly<Record<Scheme, ChartTheme>> = {
  light: { scheme: 'light', text: '#1d242c', quiet: '#5b6673', grid: '#e6e9ed', card: '#ffffff' },
  dark: { scheme: 'dark', text: '#e8ecf0', quiet: '#9ba7b4', grid: '#2e353e', card: '#1a1f26' },
};

export function chartTheme(scheme: Scheme): ChartTheme {
  return themes[scheme];
}

/** What every chart has in common: no frame of its own, the page's type and colours. */
export function baseLayout(theme: ChartTheme): PlotlyObject {
  return {
    autosize: true,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: 'Inter, system-ui, sans-serif', size: 12, color: theme.text },
    hoverlabel: {
      bgcolor: theme.card,
      bordercolor: theme.quiet,
      font: { color: theme.text, size: 12 },
      align: 'left',
    },
    separators: '.,',
  };
}
