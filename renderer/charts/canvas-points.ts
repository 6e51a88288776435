import {
  quietShare,
  type PaintCanvas,
  type PaintEvents,
  type Picture,
  type PointPainter,
} from './point-painter.ts';

/** So many are drawn in a few milliseconds without a graphics card. */
export const canvasSample = 20_000;

/** Every n-th point is drawn, so that no more than the sample are. */
export function sampleStep(points: number): number {
  return Math.max(1, Math.ceil(points / canvasSample));
}

function drawLabel(context: CanvasRenderingContext2D, picture: Picture, label: number): void {
  const { points, labels, box, width, height, highlight } = picture;
  const step = sampleStep(labels.length);
  const side = Math.max(2, picture.size);
  const scaleX = width / (box.x1 - box.x0);
  const scaleY = height / (box.y1 - box.y0);
  const shown = highlight === null || highlight === label ? 1 : quietShare;
  context.fillStyle = picture.colours[label] ?? '#7b8592';
  context.globalAlpha = picture.opacity * shown;
  for (let row = 0; row < labels.length; row += step) {
    if (labels[row] !== label) continue;
    const left = ((points.x[row] ?? 0) - box.x0) * scaleX;
    const top = height - ((points.y[row] ?? 0) - box.y0) * scaleY;
    context.fillRect(left - side / 2, top - side / 2, side, side);
  }
}

/** Draws a sample of the points where there is no WebGL. */
export function canvasPoints(canvas: PaintCanvas, events: PaintEvents): PointPainter {
  const context = (canvas as HTMLCanvasElement).getContext('2d');
  return {
    paint(picture) {
      canvas.width = Math.max(1, Math.round(picture.width * picture.ratio));
      canvas.height = Math.max(1, Math.round(picture.height * picture.ratio));
      if (context === null) return;
      context.setTransform(picture.ratio, 0, 0, picture.ratio, 0, 0);
      for (let label = 0; label < picture.colours.length; label += 1) {
        drawLabel(context, picture, label);
      }
      events.onPaint('canvas');
    },
    dispose() {},
  };
}
