import type { ChartTheme } from '../../charts/chart-theme.ts';
import { baseLayout } from '../../charts/chart-theme.ts';
import type { Figure, PlotlyObject } from '../../charts/figure.ts';
import { segmentColour } from '../../charts/palette.ts';

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
    data: figure.data,
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
