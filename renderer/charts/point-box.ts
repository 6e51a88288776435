import type { Box, Points } from './point-painter.ts';

/** A twenty-fifth of room on every side, so that no point is cut by the frame. */
const room = 0.04;

/** The box that holds every point; a square of one unit where there is nothing or no spread. */
export function pointBox({ x, y }: Points): Box {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let row = 0; row < x.length; row += 1) {
    const across = x[row] ?? 0;
    const up = y[row] ?? 0;
    if (across < x0) x0 = across;
    if (across > x1) x1 = across;
    if (up < y0) y0 = up;
    if (up > y1) y1 = up;
  }
  if (x0 > x1) return { x0: -0.5, x1: 0.5, y0: -0.5, y1: 0.5 };
  const padX = (x1 - x0) * room || 0.5;
  const padY = (y1 - y0) * room || 0.5;
  return { x0: x0 - padX, x1: x1 + padX, y0: y0 - padY, y1: y1 + padY };
}

/** The smallest box around this one in which a unit is as long across as up, in a frame of width / height `aspect`. */
export function withAspect(box: Box, aspect: number): Box {
  const width = box.x1 - box.x0;
  const height = box.y1 - box.y0;
  if (width < height * aspect) {
    const grow = (height * aspect - width) / 2;
    return { ...box, x0: box.x0 - grow, x1: box.x1 + grow };
  }
  const grow = (width / aspect - height) / 2;
  return { ...box, y0: box.y0 - grow, y1: box.y1 + grow };
}

/** Nearer above 1, further below, about the middle. */
export function zoomed(box: Box, factor: number): Box {
  const middleX = (box.x0 + box.x1) / 2;
  const middleY = (box.y0 + box.y1) / 2;
  const halfX = (box.x1 - box.x0) / 2 / factor;
  const halfY = (box.y1 - box.y0) / 2 / factor;
  return { x0: middleX - halfX, x1: middleX + halfX, y0: middleY - halfY, y1: middleY + halfY };
}

/** Moved by shares of its own width and height. */
export function moved(box: Box, across: number, up: number): Box {
  const byX = (box.x1 - box.x0) * across;
  const byY = (box.y1 - box.y0) * up;
  return { x0: box.x0 + byX, x1: box.x1 + byX, y0: box.y0 + byY, y1: box.y1 + byY };
}

interface PixelBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What lies under a rectangle of pixels in a frame of this size. */
export function boxUnder(box: Box, pixels: PixelBox, size: { width: number; height: number }): Box {
  const perX = (box.x1 - box.x0) / size.width;
  const perY = (box.y1 - box.y0) / size.height;
  return {
    x0: box.x0 + pixels.left * perX,
    x1: box.x0 + pixels.right * perX,
    y0: box.y1 - pixels.bottom * perY,
    y1: box.y1 - pixels.top * perY,
  };
}
