import { canvasPoints } from './canvas-points.ts';
import type { PaintEvents, PointPainter, Points } from './point-painter.ts';
import { webglPoints } from './webgl-points.ts';
import type { FromWorker, ToWorker } from './worker-points.ts';

const events: PaintEvents = {
  onPaint: (by) => tell({ kind: 'painted', by }),
  onLost: () => tell({ kind: 'lost' }),
};

let painter: PointPainter | null = null;
let points: Points | null = null;
let labels: Uint8Array | null = null;
let waiting: (ToWorker & { kind: 'paint' })['picture'] | null = null;

function tell(message: FromWorker): void {
  postMessage(message);
}

/** Of the pictures that came while one was painted only the last is looked at. */
function paintLast(): void {
  const picture = waiting;
  waiting = null;
  if (picture !== null && points !== null && labels !== null) {
    painter?.paint({ ...picture, points, labels });
  }
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'start':
      painter = webglPoints(data.canvas, events) ?? canvasPoints(data.canvas, events);
      break;
    case 'paint':
      points = data.points ?? points;
      labels = data.labels ?? labels;
      if (waiting === null) requestAnimationFrame(paintLast);
      waiting = data.picture;
      break;
  }
});
