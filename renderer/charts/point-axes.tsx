import { linearTicks, tickLabel } from './linear-ticks.ts';
import type { Box } from './point-painter.ts';
import classes from './point-scatter.module.css';

interface PointAxesProps {
  readonly box: Box;
  readonly width: number;
  readonly height: number;
}

/** Lines and numbers around a frame of this size whose corner is the origin. */
export function PointAxes({ box, width, height }: PointAxesProps) {
  const across = linearTicks(box.x0, box.x1, Math.max(2, width / 90));
  const up = linearTicks(box.y0, box.y1, Math.max(2, height / 70));
  const left = (value: number): number => ((value - box.x0) / (box.x1 - box.x0)) * width;
  const top = (value: number): number => height - ((value - box.y0) / (box.y1 - box.y0)) * height;
  return (
    <g className={classes['axes']}>
      {across.map((value) => (
        <g key={value} transform={`translate(${left(value)} 0)`}>
          <line y2={height} data-zero={value === 0} />
          <text y={height + 16} textAnchor="middle">
            {tickLabel(value)}
          </text>
        </g>
      ))}
      {up.map((value) => (
        <g key={value} transform={`translate(0 ${top(value)})`}>
          <line x2={width} data-zero={value === 0} />
          <text x={-7} dy="0.33em" textAnchor="end">
            {tickLabel(value)}
          </text>
        </g>
      ))}
    </g>
  );
}
