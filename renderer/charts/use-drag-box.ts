import { useRef, useState, type PointerEvent } from 'react';

export interface DragBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Smaller than this across is a click with an unsteady hand. */
const least = 6;

interface Corner {
  readonly x: number;
  readonly y: number;
}

function cornerOf(event: PointerEvent<HTMLElement>): Corner {
  const frame = event.currentTarget.getBoundingClientRect();
  return {
    x: Math.min(Math.max(event.clientX - frame.left, 0), frame.width),
    y: Math.min(Math.max(event.clientY - frame.top, 0), frame.height),
  };
}

function boxOf(a: Corner, b: Corner): DragBox {
  return {
    left: Math.min(a.x, b.x),
    right: Math.max(a.x, b.x),
    top: Math.min(a.y, b.y),
    bottom: Math.max(a.y, b.y),
  };
}

/** A rectangle drawn with the pointer over an element, in its pixels. */
export function useDragBox(onBox: (box: DragBox) => void) {
  const from = useRef<Corner | null>(null);
  const [box, setBox] = useState<DragBox | null>(null);
  return {
    box,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>): void => {
        if (event.button !== 0 || event.pointerType === 'touch') return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = cornerOf(event);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>): void => {
        if (from.current !== null) setBox(boxOf(from.current, cornerOf(event)));
      },
      onPointerUp: (event: PointerEvent<HTMLElement>): void => {
        const start = from.current;
        from.current = null;
        setBox(null);
        if (start === null) return;
        const drawn = boxOf(start, cornerOf(event));
        if (drawn.right - drawn.left >= least && drawn.bottom - drawn.top >= least) onBox(drawn);
      },
      onPointerCancel: (): void => {
        from.current = null;
        setBox(null);
      },
    },
  };
}
