import { useEffect, useRef, useState, type RefObject } from 'react';
import { canvasPoints } from './canvas-points.ts';
import type { PaintKind, Picture, PointPainter } from './point-painter.ts';
import { webglPoints } from './webgl-points.ts';
import { workerPoints } from './worker-points.ts';

/** Paints on a canvas of its own inside the element, in a worker if it can, and tells whether the graphics card did it. */
export function usePointPainter(
  element: RefObject<HTMLElement | null>,
  picture: Picture | null,
): PaintKind | null {
  const painter = useRef<PointPainter | null>(null);
  const latest = useRef<Picture | null>(null);
  const [kind, setKind] = useState<PaintKind | null>(null);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const parent = element.current;
    if (parent === null) return undefined;
    const canvas = document.createElement('canvas');
    parent.append(canvas);
    const events = {
      onPaint: (painted: PaintKind) => {
        // Whoever waits for the first picture looks at the mark.
        parent.dataset['painted'] = 'true';
        setKind(painted);
      },
      onLost: () => setLost(true),
    };
    const made = lost
      ? canvasPoints(canvas, events)
      : (workerPoints(canvas, events) ??
        webglPoints(canvas, events) ??
        canvasPoints(canvas, events));
    painter.current = made;
    if (latest.current !== null) made.paint(latest.current);
    return () => {
      painter.current = null;
      made.dispose();
      canvas.remove();
    };
  }, [element, lost]);
  useEffect(() => {
    latest.current = picture;
    if (picture !== null) painter.current?.paint(picture);
  }, [picture]);
  return kind;
}
