import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const jade: MantineColorsTuple = [
  '#e6f7f5',
  '#cdeeea',
  '#9bdcd4',
  '#66cabd',
  '#3cb9a9',
  '#22a999',
  '#0f8378',
  '#0b7268',
  '#085f57',
  '#054b45',
];

/** Cooler than Mantine's own, so that charts and cards sit on one family of greys. */
const slate: MantineColorsTuple = [
  '#e8ecf0',
  '#c3ccd6',
  '#9ba7b4',
  '#6d7986',
  '#3c4651',
  '#2b323b',
  '#1f252d',
  '#1a1f26',
  '#11151a',
  '#0b0e12',
];

export const theme = createTheme({
  primaryColor: 'jade',
  primaryShade: { light: 7, dark: 6 },
  colors: { jade, dark: slate },
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  headings: { fontWeight: '620' },
});

/** Mantine's own reds are too faint for text: these have the contrast that errors have elsewhere. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-error': 'var(--bad)' },
  dark: { '--mantine-color-error': 'var(--bad)' },
});
