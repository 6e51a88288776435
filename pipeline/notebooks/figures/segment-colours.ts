import type { ChartParameters } from '../../contract/notebook.ts';
import type { Json, JsonObject } from '../document/notebook-document.ts';
import { colourAt, quiet } from './base-layout.ts';
import type { Figure } from './figure.ts';

/** Ids of segments by their names. */
export type SegmentIds = ReadonlyMap<string, number>;

/** What segments are called that nobody has named. */
export const givenNames: SegmentIds = new Map(
  ['Platinum', 'Gold', 'Silver', 'Bronze'].map((name, at) => [name, at + 1]),
);

/** Whether the values of a column are segments. */
function isSegment(column: string | null | undefined): boolean {
  return /^segment(_id|_name)?$/i.test(column ?? '');
}

/** Bars that stand beside each other, one a segment. */
function hasBars({ type, x, y, colour }: ChartParameters): boolean {
  return type === 'bar' && isSegment(x) && y.length <= 1 && colour === null;
}

/** Whether a chart has a colour for each segment, so that it must know their ids. */
export function drawsSegments(parameters: ChartParameters): boolean {
  const { type, y, colour } = parameters;
  const isGrouped = isSegment(colour) && type !== 'heatmap' && y.length <= 1;
  return isGrouped || hasBars(parameters);
}

/** The id of a segment by what stands in a column: its number, its name, or "Segment 5". */
function idOf(value: string, ids: SegmentIds): number | null {
  const number = /^(?:Segment )?(\d{1,9})$/.exec(value)?.[1];
  return ids.get(value) ?? (number === undefined ? null : Number(number));
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function withColour(trace: JsonObject, colour: Json): JsonObject {
  const painted = (part: string): JsonObject => {
    const look = trace[part] as JsonObject | undefined;
    return look === undefined || !('color' in look) ? {} : { [part]: { ...look, color: colour } };
  };
  return { ...trace, ...painted('marker'), ...painted('line') };
}

/** A colour by id; what is no segment, such as all customers, is grey. */
function shade(id: number | null): string {
  return id === null ? quiet : colourAt(id);
}

function barsBySegment(bars: JsonObject, ids: SegmentIds): JsonObject {
  const places = Array.isArray(bars['x']) ? (bars['x'] as readonly Json[]) : [];
  const found = places.map((place) => idOf(textOf(place), ids));
  return found.every((id) => id === null) ? bars : withColour(bars, found.map(shade));
}

/**
 * The figure of a chart with the colours that segments have on every other chart and page, by their ids alone, and in
 * the order of these. Where no segment is known at all, it stays as it came.
 */
export function withSegmentColours(
  figure: Figure,
  parameters: ChartParameters,
  ids: SegmentIds,
): Figure {
  if (hasBars(parameters)) {
    return { ...figure, data: figure.data.map((bars) => barsBySegment(bars, ids)) };
  }
  if (!drawsSegments(parameters)) return figure;
  const found = figure.data.map((trace) => ({ trace, id: idOf(textOf(trace['name']), ids) }));
  if (found.every(({ id }) => id === null)) return figure;
  const last = Number.POSITIVE_INFINITY;
  const inOrder = found.toSorted((a, b) => (a.id === b.id ? 0 : (a.id ?? last) - (b.id ?? last)));
  return { ...figure, data: inOrder.map(({ trace, id }) => withColour(trace, shade(id))) };
}
