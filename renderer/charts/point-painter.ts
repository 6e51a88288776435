/** A part of the plane, in the units of the data. */
export interface Box {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** Equally long; row i of both is one point. */
export interface Points {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** On the page, or handed to a worker. */
export type PaintCanvas = HTMLCanvasElement | OffscreenCanvas;

/** All that one picture of labelled points depends on. */
export interface Picture {
  readonly points: Points;
  /** Which colour each point has. */
  readonly labels: Uint8Array;
  /** By label, as `#rrggbb`. */
  readonly colours: readonly string[];
  /** The label whose points stand out; null lets all of them. */
  readonly highlight: number | null;
  readonly box: Box;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Across, in CSS pixels. */
  readonly size: number;
  readonly opacity: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** By the graphics card every point, without it a sample. */
export type PaintKind = 'webgl' | 'canvas';

export interface PaintEvents {
  readonly onPaint: (kind: PaintKind) => void;
  /** This painter can paint no longer; another one has to take over. */
  readonly onLost: () => void;
}

export interface PointPainter {
  paint(picture: Picture): void;
  dispose(): void;
}

/** What a point that does not stand out keeps of its opacity. */
export const quietShare = 0.1;
