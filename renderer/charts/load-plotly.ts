import type { Figure, PlotlyObject } from './figure.ts';

/** The part of Plotly that the wrapper uses. */
export interface Plotly {
  react(
    element: HTMLElement,
    data: Figure['data'],
    layout: PlotlyObject,
    config: PlotlyObject,
  ): Promise<unknown>;
  purge(element: HTMLElement): void;
  readonly Plots: { resize(element: HTMLElement): Promise<unknown> | undefined };
}

let loading: Promise<Plotly> | null = null;

/** Five megabytes, so loaded once and apart from the page; a failed load is tried again by the next chart. */
export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-strict-dist-min').then(
    (module) => module.default,
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}
