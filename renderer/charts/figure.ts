type Values = readonly (string | number | null)[] | Float64Array;

/** A trace or a layout as Plotly takes it. Figures are built by pure functions, so this is all the type they need. */
export type PlotlyObject = {
  readonly [name: string]: PlotlyValue;
};

type PlotlyValue =
  | string
  | number
  | boolean
  | null
  | Values
  | PlotlyObject
  | readonly PlotlyValue[];

export interface Figure {
  readonly data: readonly PlotlyObject[];
  readonly layout: PlotlyObject;
}
