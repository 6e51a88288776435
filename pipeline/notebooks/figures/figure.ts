import type { JsonObject } from '../document/notebook-document.ts';

/** A figure as Plotly takes it, theme-neutral: a page lays its own colours over it by the order of traces. */
export interface Figure {
  readonly data: readonly JsonObject[];
  readonly layout: JsonObject;
  /** What it shows, in words, and what its first axis is of: for whoever cannot see it. */
  readonly title: string;
  readonly axis: string;
}
