import { useComputedColorScheme } from '@mantine/core';
import { chartTheme, type ChartTheme } from './chart-theme.ts';

/** The chart colours of the page's scheme, following the system where that is asked for. */
export function useChartTheme(): ChartTheme {
  return chartTheme(useComputedColorScheme('light', { getInitialValueInEffect: false }));
}
