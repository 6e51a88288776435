import { ActionIcon } from '@mantine/core';
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { canvasSample } from './canvas-points.ts';
import { segmentColour } from './palette.ts';
import { PointAxes } from './point-axes.tsx';
import { boxUnder, moved, pointBox, withAspect, zoomed } from './point-box.ts';
import type { Box, Picture, Points } from './point-painter.ts';
import { pointLook } from './point-look.ts';
import classes from './point-scatter.module.css';
import { useChartTheme } from './use-chart-theme.ts';
import { useDragBox } from './use-drag-box.ts';
import { usePointPainter } from './use-point-painter.ts';
import { useWidth } from './use-width.ts';

interface PointScatterProps {
  readonly points: Points;
  readonly labels: Uint8Array;
  /** How many labels there are. */
  readonly clusters: number;
  readonly highlight: number | null;
  readonly xTitle: string;
  readonly yTitle: string;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  readonly describedBy?: string;
  readonly testId: string;
  readonly height: number;
}

const margin = { left: 54, right: 10, top: 8, bottom: 46 };

const moves: Readonly<Record<string, (box: Box) => Box>> = {
  ArrowLeft: (box) => moved(box, -0.15, 0),
  ArrowRight: (box) => moved(box, 0.15, 0),
  ArrowUp: (box) => moved(box, 0, 0.15),
  ArrowDown: (box) => moved(box, 0, -0.15),
  '+': (box) => zoomed(box, 1.5),
  '-': (box) => zoomed(box, 1 / 1.5),
};

interface ToolsProps {
  readonly box: Box;
  readonly whole: boolean;
  readonly onBox: (box: Box | null) => void;
}

function Tools({ box, whole, onBox }: ToolsProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    onBox(move(box));
  };
  const common = { size: 'sm', variant: 'default', onKeyDown } as const;
  return (
    <div
      className={classes['tools']}
      role="group"
      aria-label="Part of the plane; arrow keys move it"
    >
      <ActionIcon {...common} aria-label="Nearer" onClick={() => onBox(zoomed(box, 1.5))}>
        <IconPlus size={14} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon {...common} aria-label="Further" onClick={() => onBox(zoomed(box, 1 / 1.5))}>
        <IconMinus size={14} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        {...common}
        aria-label="See all"
        aria-disabled={whole}
        data-disabled={whole}
        onClick={() => onBox(null)}
      >
        <IconZoomReset size={14} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

/** Points in the plane, coloured by label, a unit as long across as up. Another labelling is drawn at once. */
export function PointScatter(props: PointScatterProps) {
  const { points, labels, clusters, highlight, height } = props;
  const theme = useChartTheme();
  const outer = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<{ points: Points; box: Box | null }>({ points, box: null });
  const part = chosen.points === points ? chosen.box : null;
  const size = {
    width: Math.max(0, useWidth(outer) - margin.left - margin.right),
    height: height - margin.top - margin.bottom,
  };
  const all = useMemo(() => pointBox(points), [points]);
  const aspect = size.width === 0 ? 1 : size.width / size.height;
  const whole = useMemo(() => withAspect(all, aspect), [all, aspect]);
  const box = useMemo(
    () => (part === null ? whole : withAspect(part, aspect)),
    [part, whole, aspect],
  );
  const show = (next: Box | null): void => setChosen({ points, box: next });
  const drag = useDragBox((pixels) => show(boxUnder(box, pixels, size)));

  const picture = useMemo((): Picture | null => {
    if (size.width === 0) return null;
    const nearness = (whole.x1 - whole.x0) / (box.x1 - box.x0);
    return {
      points,
      labels,
      colours: Array.from({ length: clusters }, (_, id) => segmentColour(id, theme.scheme)),
      highlight,
      box,
      width: size.width,
      height: size.height,
      ...pointLook(points.x.length, nearness),
      ratio: window.devicePixelRatio,
    };
  }, [points, labels, clusters, highlight, whole, box, size.width, size.height, theme]);
  const painted = usePointPainter(frame, picture);

  return (
    <div className={classes['scatter']} ref={outer} style={{ height }}>
      <div
        role="img"
        aria-label={props.label}
        aria-describedby={props.describedBy}
        className={classes['picture']}
      >
        <svg width="100%" height={height} aria-hidden="true">
          <g transform={`translate(${margin.left} ${margin.top})`}>
            {size.width === 0 ? null : <PointAxes {...size} box={box} />}
          </g>
        </svg>
        <span
          className={classes['title']}
          style={{ left: margin.left, top: height - 20, width: size.width }}
          title={props.xTitle}
        >
          {props.xTitle}
        </span>
        <span
          className={classes['title']}
          data-up="true"
          style={{ left: 0, top: margin.top + size.height, width: size.height }}
          title={props.yTitle}
        >
          {props.yTitle}
        </span>
        <div
          ref={frame}
          className={classes['frame']}
          style={{ left: margin.left, top: margin.top, ...size }}
          data-testid={props.testId}
          {...drag.handlers}
          onDoubleClick={() => show(null)}
        />
        {drag.box === null ? null : (
          <span
            className={classes['drag']}
            style={{
              left: margin.left + drag.box.left,
              top: margin.top + drag.box.top,
              width: drag.box.right - drag.box.left,
              height: drag.box.bottom - drag.box.top,
            }}
          />
        )}
      </div>
      <Tools box={box} whole={part === null} onBox={show} />
      {painted === 'canvas' && labels.length > canvasSample ? (
        <p className={classes['sample']}>
          A sample: this machine has no WebGL, with which every customer is drawn.
        </p>
      ) : null}
    </div>
  );
}
