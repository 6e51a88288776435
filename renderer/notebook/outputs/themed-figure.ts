import type { ChartTheme } from '../../charts/chart-theme.ts';
import { baseLayout } from '../../charts/chart-theme.ts';
import type { Figure, PlotlyObject } from '../../charts/figure.ts';
import { segmentColour, shadeOn } from '../../charts/palette.ts';

type Part = PlotlyObject[string];

function asObject(value: Part | undefined): PlotlyObject {
  return typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
    ? (value as PlotlyObject)
    : {};
}

function themedTitle(value: Part | undefined, theme: ChartTheme): Part {
  const title = typeof value === 'string' ? { text: value } : asObject(value);
  return { ...title, font: { ...asObject(title['font']), color: theme.text } };
}

function themedAxis(value: Part | undefined, theme: ChartTheme): PlotlyObject {
  const axis = asObject(value);
  const title = axis['title'] === undefined ? {} : { title: themedTitle(axis['title'], theme) };
  return {
    automargin: true,
    // The margin makes room for every label: to measure which of them go beyond it takes a third of drawing.
    ticklabeloverflow: 'allow',
    ...axis,
    ...title,
    gridcolor: theme.grid,
    zerolinecolor: theme.grid,
    linecolor: theme.grid,
    tickfont: { ...asObject(axis['tickfont']), color: theme.quiet },
  };
}

/** Pictures behind a figure may only come with it. */
function ownPictures(value: Part | undefined): Part {
  if (!Array.isArray(value)) return [];
  return value.filter((image: Part) => {
    const source = asObject(image)['source'];
    return typeof source === 'string' && source.startsWith('data:image/');
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function themedColour(value: Part, { scheme }: ChartTheme): Part {
  if (isText(value)) return shadeOn(scheme, value);
  // A colour for each mark, unless these are numbers on a scale: then there may be as many as there are marks.
  if (!Array.isArray(value) || !isText(value[0])) return value;
  return value.map((colour: Part) => (isText(colour) ? shadeOn(scheme, colour) : colour));
}

/** Words on a chart stand on the card's colour, so that no line crosses them. */
function themedWords(value: Part | undefined, theme: ChartTheme): Part {
  if (!Array.isArray(value)) return [];
  return value.map((one: Part) => {
    const words = asObject(one);
    const font = asObject(words['font']);
    const color = themedColour(font['color'] ?? theme.text, theme);
    const onChart = words['xref'] === 'paper' ? {} : { bgcolor: theme.card };
    return { ...onChart, ...words, font: { ...font, color } };
  });
}

/** From what hardly differs from the card to what stands out, as on a light page. */
const darkScale = [
  [0, '#1d3040'],
  [0.25, '#1f4f70'],
  [0.5, '#2f7fb0'],
  [0.75, '#6ab8ec'],
  [1, '#d6eefc'],
] as const;

/** Our scale of blues goes from light to dark. */
function themedScale(value: Part | undefined): Part | undefined {
  const first = Array.isArray(value) ? (value[0] as Part) : undefined;
  const isOurs = Array.isArray(first) && first[1] === '#e8f1f8';
  return isOurs ? darkScale : value;
}

/** A trace of ours was drawn in colours for a light page. */
function themedTrace(trace: PlotlyObject, theme: ChartTheme): PlotlyObject {
  const painted = (part: string): PlotlyObject => {
    const look = asObject(trace[part]);
    const { color, colorscale } = look;
    if (color === undefined) return {};
    const scale = colorscale === undefined ? {} : { colorscale: themedScale(colorscale) ?? [] };
    return { [part]: { ...look, ...scale, color: themedColour(color, theme) } };
  };
  const scale = themedScale(trace['colorscale']);
  const whiskers = (part: string): PlotlyObject =>
    trace[part] === undefined ? {} : { [part]: { color: theme.text, ...asObject(trace[part]) } };
  return {
    ...trace,
    ...(scale === undefined ? {} : { colorscale: scale }),
    ...painted('marker'),
    ...painted('line'),
    ...whiskers('error_x'),
    ...whiskers('error_y'),
  };
}

const palette = Array.from({ length: 8 }, (_, id) => id);

/** A figure of a notebook in the colours of this page, whatever colours it was saved with. */
export function themedFigure(figure: Figure, theme: ChartTheme): Figure {
  const { template: _template, width: _width, height: _height, ...given } = figure.layout;
  const base = baseLayout(theme);
  const axes: Record<string, PlotlyObject> = {
    xaxis: themedAxis(given['xaxis'], theme),
    yaxis: themedAxis(given['yaxis'], theme),
  };
  for (const [name, value] of Object.entries(given)) {
    if (/^[xy]axis\d+$/.test(name)) axes[name] = themedAxis(value, theme);
  }
  const legend = asObject(given['legend']);
  return {
    data:
      theme.scheme === 'light'
        ? figure.data
        : figure.data.map((trace) => themedTrace(trace, theme)),
    layout: {
      ...given,
      ...base,
      colorway: palette.map((id) => segmentColour(id, theme.scheme)),
      font: { ...asObject(given['font']), ...asObject(base['font']) },
      legend: {
        ...legend,
        bgcolor: 'rgba(0,0,0,0)',
        font: { ...asObject(legend['font']), color: theme.text },
      },
      ...(given['title'] === undefined ? {} : { title: themedTitle(given['title'], theme) }),
      ...axes,
      annotations: themedWords(given['annotations'], theme),
      images: ownPictures(given['images']),
    },
  };
}

/** How tall a figure is drawn: as it says, within what a page can bear. */
export function figureHeight({ layout }: Figure): number {
  const height = layout['height'];
  return typeof height === 'number' && Number.isFinite(height)
    ? Math.min(Math.max(height, 140), 1200)
    : 360;
}

export function figureTitle({ layout }: Figure): string | null {
  const { title } = layout;
  const text = typeof title === 'string' ? title : asObject(title)['text'];
  return typeof text === 'string' && text !== '' ? text.replaceAll(/<[^>]*>/g, ' ').trim() : null;
}
