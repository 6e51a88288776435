import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandPath, flowBands, type Flow } from '../../renderer/charts/flow-bands.ts';
import { linearTicks, tickLabel } from '../../renderer/charts/linear-ticks.ts';
import { segmentColour } from '../../renderer/charts/palette.ts';
import { boxUnder, moved, pointBox, withAspect, zoomed } from '../../renderer/charts/point-box.ts';
import { scoreShape } from '../../renderer/charts/score-shape.ts';
import { shownLabels } from '../../renderer/charts/shown-labels.ts';
import { paletteValues } from '../../renderer/charts/webgl-points.ts';
import { effectShade } from '../../renderer/panels/tuning/effect-shade.ts';

test('ticks are round, inside the bounds and evenly apart, at any size of the numbers', () => {
  expect(linearTicks(-0.12, 0.34, 4)).toEqual([-0.1, 0, 0.1, 0.2, 0.3]);
  expect(linearTicks(91_000, 281_000, 3)).toEqual([100_000, 150_000, 200_000, 250_000]);
  expect(linearTicks(1e8, 1e8 + 1, 2)).toEqual([1e8, 1e8 + 0.5, 1e8 + 1]);
  expect(linearTicks(3, 3, 4)).toEqual([]);
  expect([0.3, -1.5, 12_345, 2_000_000].map(tickLabel)).toEqual(['0.3', '−1.5', '12.35K', '2M']);
});

test('a score without a value at a k is a gap in its line, and errors stay inside the axis', () => {
  const shape = scoreShape([
    { k: 2, value: 1, error: null },
    { k: 3, value: null, error: null },
    { k: 4, value: 3, error: 0.5 },
    { k: 5, value: 2, error: null },
  ]);
  expect(shape?.path).toBe('M12.50 90.32M62.50 25.81L87.50 58.06');
  expect(shape?.points.map(({ top }) => top === null)).toEqual([false, true, false, false]);
  const whisker = shape?.points[2]?.whisker;
  expect(whisker?.top).toBeGreaterThan(0);
  expect(whisker?.bottom).toBeLessThan(100);
  expect(scoreShape([{ k: 2, value: null, error: null }])).toBeNull();
});

test('a wide range labels every other k, always the ones that matter, and nothing against those', () => {
  const labelled = (count: number, must: number[]): number[] =>
    shownLabels(count, 14, must).flatMap((shown, at) => (shown ? [at + 2] : []));
  expect(labelled(9, [1, -1])).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(labelled(19, [1, 9])).toEqual([3, 6, 8, 11, 14, 16, 18, 20]);
  expect(labelled(19, [1, 2])).toEqual([3, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
});

test('an axis with a floor begins there, so that a bar near it can be seen', () => {
  const shape = scoreShape(
    [
      { k: 2, value: 0.4, error: null },
      { k: 3, value: 0.2, error: null },
    ],
    0,
  );
  expect(shape?.topOf(0)).toBeCloseTo(100, 9);
  expect(shape?.topOf(0.01)).toBeGreaterThan(90);
  expect(shape?.topOf(0.9)).toBeNull();
});

test('the frame holds every point with a unit as long across as up', () => {
  const box = pointBox({ x: Float32Array.of(0, 10), y: Float32Array.of(-1, 1) });
  expect(box).toEqual({ x0: -0.4, x1: 10.4, y0: -1.08, y1: 1.08 });
  const framed = withAspect(box, 2);
  expect((framed.x1 - framed.x0) / (framed.y1 - framed.y0)).toBeCloseTo(2, 9);
  expect(framed).toMatchObject({ x0: box.x0, x1: box.x1 });
  expect(pointBox({ x: new Float32Array(), y: new Float32Array() })).toEqual({
    x0: -0.5,
    x1: 0.5,
    y0: -0.5,
    y1: 0.5,
  });
  expect(pointBox({ x: Float32Array.of(3, 3), y: Float32Array.of(2, 2) })).toEqual({
    x0: 2.5,
    x1: 3.5,
    y0: 1.5,
    y1: 2.5,
  });
});

test('a rectangle of pixels, a zoom and a move each lead to the part of the plane they mean', () => {
  const box = { x0: 0, x1: 100, y0: 0, y1: 50 };
  const pixels = { left: 20, right: 40, top: 0, bottom: 25 };
  expect(boxUnder(box, pixels, { width: 200, height: 100 })).toEqual({
    x0: 10,
    x1: 20,
    y0: 37.5,
    y1: 50,
  });
  expect(zoomed(box, 2)).toEqual({ x0: 25, x1: 75, y0: 12.5, y1: 37.5 });
  expect(moved(box, 0.1, -0.2)).toEqual({ x0: 10, x1: 110, y0: -10, y1: 40 });
});

const flows = fc
  .array(fc.tuple(fc.nat(5), fc.nat(6), fc.integer({ min: 0, max: 900 })), { minLength: 1 })
  .map((rows): Flow[] =>
    rows.map(([from, to, customers]) => ({
      from: { id: from, name: `a${from}` },
      to: { id: to === 6 ? null : to, name: `b${to}` },
      customers,
    })),
  );

test('bands fill their nodes exactly, and no two nodes of a side lie on one another', () => {
  fc.assert(
    fc.property(flows, (given) => {
      const { from, to, bands } = flowBands(given);
      for (const [nodes, end] of [
        [from, 'from'],
        [to, 'to'],
      ] as const) {
        for (const [at, node] of nodes.entries()) {
          const own = bands.filter((band) => band[end].id === node.id);
          const sum = own.reduce(
            (total, band) => total + (end === 'from' ? band.fromHeight : band.toHeight),
            0,
          );
          if (node.customers > 0) expect(sum).toBeCloseTo(node.height, 6);
          const next = nodes[at + 1];
          if (next !== undefined) expect(next.top).toBeGreaterThan(node.top + node.height);
          expect(node.top + node.height).toBeLessThanOrEqual(100.000001);
        }
      }
      for (const band of bands) expect(bandPath(band)).not.toContain('NaN');
    }),
  );
});

test('the colours that the graphics card is given are those of the page', () => {
  const values = paletteValues([segmentColour(0, 'light'), '#ffffff']);
  expect([...values.subarray(0, 6)].map((part) => Math.round(part * 255))).toEqual([
    0, 0x72, 0xb2, 255, 255, 255,
  ]);
});

function luminance(parts: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = parts.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('the numbers of a heat map are legible on every shade, in both schemes', () => {
  const schemes = [
    { card: [255, 255, 255], ink: [0x1d, 0x24, 0x2c] },
    { card: [0x1a, 0x1f, 0x26], ink: [0xe8, 0xec, 0xf0] },
  ];
  for (const { card, ink } of schemes) {
    for (let d = -6; d <= 6; d += 0.25) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = [...effectShade(d).matchAll(/[\d.]+/g)].map(
        Number,
      );
      const shade = [red, green, blue].map(
        (part, at) => part * alpha + (card[at] ?? 0) * (1 - alpha),
      );
      const [high = 0, low = 0] = [luminance(shade), luminance(ink)].sort((a, b) => b - a);
      expect((high + 0.05) / (low + 0.05), `d = ${d}`).toBeGreaterThanOrEqual(6);
    }
  }
});
