import type { Figure } from '../figures/figure.ts';
import type { Json, JsonObject } from '../document/notebook-document.ts';
import { htmlTable } from './html-table.ts';
import { numberTexts } from './number-texts.ts';
import { plainTable } from './plain-table.ts';
import type { TextColumn, TextTable } from './text-table.ts';

const shownRows = 20;
const shownColumns = 24;

type Values = readonly (number | string | null)[];

function isPlain(value: Json): value is number | string | null {
  return value === null || typeof value === 'number' || typeof value === 'string';
}

/** A list that a table can show; null where it is none, or holds more than that. */
function plain(values: Json | undefined): Values | null {
  if (!Array.isArray(values) || values.length === 0) return null;
  const list: readonly Json[] = values;
  return list.every(isPlain) ? list : null;
}

function column(name: string, values: Values): TextColumn {
  const shown = values.slice(0, shownRows);
  const numbers = shown.map((value) => (typeof value === 'number' ? value : null));
  const numeric = shown.every((value) => value === null || typeof value === 'number');
  const texts = shown.map((value) => (value === null ? null : String(value)));
  const type = numeric ? 'DOUBLE' : 'VARCHAR';
  return { name, type, numeric, values: numeric ? numberTexts(numbers, 12) : texts };
}

/** What stands along a trace and what it draws there. */
interface Line {
  readonly name: string;
  readonly along: Values;
  readonly values: Values;
}

function lineOf(trace: JsonObject): Line | null {
  // Points and boxes say nothing as rows below each other.
  if (trace['mode'] === 'markers' || trace['type'] === 'box') return null;
  const [x, y] = [plain(trace['x']), plain(trace['y'])];
  const [along, values] = trace['orientation'] === 'h' ? [y, x] : [x, y];
  const name = typeof trace['name'] === 'string' ? trace['name'] : 'value';
  return along === null || values === null ? null : { name, along, values };
}

/** Everything that stands along the lines, in the order in which it comes; null where numbers are each line's own. */
function places(lines: readonly Line[]): Values | null {
  const [first] = lines;
  if (first === undefined) return null;
  const isSame = ({ along }: Line) =>
    along.length === first.along.length && along.every((value, i) => value === first.along[i]);
  if (lines.every(isSame)) return first.along;
  const all = [...new Set(lines.flatMap(({ along }) => along))];
  if (all.some((value) => typeof value !== 'string')) return null;
  return all.every((value) => /^\d{4}-\d\d/.test(String(value)))
    ? all.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
    : all;
}

function sideBySide(figure: Figure): TextTable | null {
  const lines = figure.data.map(lineOf);
  const known = lines.filter((line) => line !== null);
  const names = new Set(known.map(({ name }) => name));
  if (known.length < lines.length || names.size < known.length) return null;
  const along = places(known);
  if (along === null) return null;
  const columns = known.slice(0, shownColumns).map(({ name, along: own, values }) => {
    const at = new Map(own.map((place, i) => [place, values[i] ?? null]));
    return column(
      name,
      along.map((place) => at.get(place) ?? null),
    );
  });
  const size = { rows: along.length, columns: known.length + 1 };
  return { columns: [column(figure.axis, along), ...columns], size };
}

/** A heatmap as it lies: what goes down in the first column, what goes across as the others. */
function matrix(figure: Figure): TextTable | null {
  const [map] = figure.data;
  const [across, down, z] = [plain(map?.['x']), plain(map?.['y']), map?.['z']];
  if (across === null || down === null || !Array.isArray(z)) return null;
  const rows: readonly (Values | null)[] = z.map((row: Json) => plain(row));
  const columns = across.slice(0, shownColumns).map((name, at) =>
    column(
      String(name),
      rows.map((row) => row?.[at] ?? null),
    ),
  );
  const size = { rows: down.length, columns: across.length + 1 };
  return { columns: [column('', down), ...columns], size };
}

/** What the traces draw, for whoever cannot show the figure; null where a table could not say it. */
function drawn(figure: Figure): TextTable | null {
  return figure.data[0]?.['type'] === 'heatmap' ? matrix(figure) : sideBySide(figure);
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
