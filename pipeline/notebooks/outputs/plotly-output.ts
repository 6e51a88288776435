import type { Figure } from '../figures/figure.ts';
import type { Json, JsonObject } from '../document/notebook-document.ts';
import { htmlTable } from './html-table.ts';
import { plainTable } from './plain-table.ts';
import type { TextColumn, TextTable } from './text-table.ts';

const shownRows = 20;

function words(values: Json | undefined, name: string): TextColumn[] {
  if (!Array.isArray(values)) return [];
  const list: readonly Json[] = values;
  if (list.length === 0 || list.some((value) => typeof value === 'object' && value !== null))
    return [];
  const shown = list.slice(0, shownRows);
  const numeric = shown.every((value) => value === null || typeof value === 'number');
  const texts = shown.map((value) => (value === null ? null : String(value as string | number)));
  return [{ name, type: numeric ? 'DOUBLE' : 'VARCHAR', numeric, values: texts }];
}

/** What stands along a trace and what it draws there. */
function sides(trace: JsonObject): [Json | undefined, Json | undefined] {
  return trace['orientation'] === 'h' ? [trace['y'], trace['x']] : [trace['x'], trace['y']];
}

function sameStart(a: Json | undefined, b: Json | undefined): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.slice(0, shownRows).every((value, i) => value === b[i]);
}

/** What the traces draw, side by side, where they share one axis; for whoever cannot show the figure. */
function drawn(figure: Figure): TextTable | null {
  const [first] = figure.data;
  if (first === undefined) return null;
  const [along] = sides(first);
  const across = words(along, figure.axis);
  const columns = figure.data.slice(0, 20).flatMap((trace) => {
    const [place, values] = sides(trace);
    const name = typeof trace['name'] === 'string' ? trace['name'] : 'value';
    return sameStart(along, place) ? words(values, name) : [];
  });
  if (across.length === 0 || columns.length === 0) return null;
  const rows = Array.isArray(along) ? along.length : 0;
  return { columns: [...across, ...columns], size: { rows, columns: columns.length + 1 } };
}

/** A figure as Plotly's renderers for Jupyter and VS Code take it, and as a table and text for whoever has none. */
export function plotlyOutput(figure: Figure): JsonObject {
  const { data, layout } = figure;
  const table = drawn(figure);
  const title = `[Chart: ${figure.title}]`;
  return {
    output_type: 'display_data',
    metadata: {},
    data: {
      'application/vnd.plotly.v1+json': {
        config: { responsive: true, displaylogo: false },
        data,
        layout,
      },
      ...(table === null ? {} : { 'text/html': htmlTable(table) }),
      'text/plain': table === null ? title : `${title}\n\n${plainTable(table)}`,
    },
  };
}
