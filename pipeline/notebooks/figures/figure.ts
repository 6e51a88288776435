import type { JsonObject } from '../document/notebook-document.ts';

/** A figure as Plotly takes it, in colours for a light page: ours puts those for a dark one in their place. */
export interface Figure {
  readonly data: readonly JsonObject[];
  readonly layout: JsonObject;
  /** What it shows, in words, and what its first axis is of: for whoever cannot see it. */
  readonly title: string;
  readonly axis: string;
}
