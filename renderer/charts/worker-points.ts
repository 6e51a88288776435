import type { PaintEvents, PaintKind, Picture, PointPainter, Points } from './point-painter.ts';

/** What the page tells its painting worker. Points and labels are null where they are still the same. */
export type ToWorker =
  | { readonly kind: 'start'; readonly canvas: OffscreenCanvas }
  | {
      readonly kind: 'paint';
      readonly picture: Omit<Picture, 'points' | 'labels'>;
      readonly points: Points | null;
      readonly labels: Uint8Array | null;
    };

export type FromWorker =
  | { readonly kind: 'painted'; readonly by: PaintKind }
  | { readonly kind: 'lost' };

/**
 * A painter in a worker, or null where a canvas cannot be handed to one. Without a graphics card Chromium reads a WebGL
 * canvas back before it shows it, which takes the page's own thread 100 ms for 100,000 points.
 */
export function workerPoints(canvas: HTMLCanvasElement, events: PaintEvents): PointPainter | null {
  if (typeof canvas.transferControlToOffscreen !== 'function') return null;
  const worker = new Worker(new URL('./points-worker.ts', import.meta.url), { type: 'module' });
  const tell = (message: ToWorker, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);
  let points: Points | null = null;
  let labels: Uint8Array | null = null;
  worker.addEventListener('error', events.onLost);
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === 'painted') events.onPaint(data.by);
    else events.onLost();
  });
  const surface = canvas.transferControlToOffscreen();
  tell({ kind: 'start', canvas: surface }, [surface]);
  return {
    paint({ points: nextPoints, labels: nextLabels, ...picture }) {
      const samePoints = points?.x === nextPoints.x && points.y === nextPoints.y;
      tell({
        kind: 'paint',
        picture,
        points: samePoints ? null : { x: nextPoints.x, y: nextPoints.y },
        labels: labels === nextLabels ? null : nextLabels,
      });
      points = nextPoints;
      labels = nextLabels;
    },
    dispose() {
      worker.terminate();
    },
  };
}
