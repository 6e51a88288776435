export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
  readonly zoom: number;
}

const SMALLEST = { width: 640, height: 480 };
const USUAL = { width: 1440, height: 960 };
/** So much of a window must be on a screen for somebody to take hold of it. */
const GRIP = 80;

function overlap(a: number, aLength: number, b: number, bLength: number): number {
  return Math.min(a + aLength, b + bLength) - Math.max(a, b);
}

function isReachable(bounds: Rectangle, screen: Rectangle): boolean {
  const across = overlap(bounds.x, bounds.width, screen.x, screen.width);
  const down = overlap(bounds.y, bounds.height, screen.y, screen.height);
  return across >= GRIP && down >= GRIP && bounds.y >= screen.y;
}

const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, most));

/** Where a window goes: where it was, if that is still on a screen, else in the middle of the first one. */
export function placement(
  saved: WindowState | null,
  screens: readonly Rectangle[],
): { readonly bounds: Rectangle; readonly maximized: boolean; readonly zoom: number } {
  const [first = { x: 0, y: 0, ...USUAL }] = screens;
  const zoom = clamp(saved?.zoom ?? 0, -5, 5);
  if (saved !== null && screens.some((screen) => isReachable(saved.bounds, screen))) {
    const { x, y, width, height } = saved.bounds;
    const size = {
      width: Math.max(width, SMALLEST.width),
      height: Math.max(height, SMALLEST.height),
    };
    return { bounds: { x, y, ...size }, maximized: saved.maximized, zoom };
  }
  const width = Math.min(USUAL.width, first.width);
  const height = Math.min(USUAL.height, first.height);
  const x = first.x + Math.floor((first.width - width) / 2);
  const y = first.y + Math.floor((first.height - height) / 2);
  return { bounds: { x, y, width, height }, maximized: saved?.maximized ?? false, zoom };
}
