import type { Scheme } from './chart-theme.ts';
import { correlationColour } from './correlation-colour.ts';
import classes from './correlation-matrix.module.css';

interface CorrelationMatrixProps {
  readonly labels: readonly string[];
  /** One row a label, symmetric; null where there is none. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Which labels stand out. */
  readonly marked: ReadonlySet<number>;
  readonly scheme: Scheme;
  readonly format: (value: number | null) => string;
  readonly label: string;
  readonly describedBy: string;
}

function cellSize(count: number): { readonly width: number; readonly height: number } {
  if (count <= 8) return { width: 52, height: 30 };
  if (count <= 14) return { width: 42, height: 26 };
  return { width: 35, height: 23 };
}

/** So many characters of a label stand in the room for it. */
const longest = 30;

const shortened = (name: string): string =>
  name.length > longest ? `${name.slice(0, longest - 1)}…` : name;

/** Room for the last label, which starts where its column would. */
const labelRoom = 190;

/** The lower half of a symmetric matrix, each label on the diagonal: to its left its row, below it its column. */
export function CorrelationMatrix(props: CorrelationMatrixProps) {
  const { labels, values, marked, scheme, format, label, describedBy } = props;
  const { width, height } = cellSize(labels.length);
  const size = { width: labels.length * width + labelRoom, height: labels.length * height };
  return (
    <svg
      className={classes['matrix']}
      data-dense={labels.length > 14}
      width={size.width}
      height={size.height}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={label}
      aria-describedby={describedBy}
    >
      {labels.map((name, row) => (
        <g key={name} transform={`translate(0 ${row * height})`}>
          {labels.slice(0, row).map((other, column) => {
            const value = values[row]?.[column] ?? null;
            const colour = correlationColour(value ?? 0, scheme);
            return (
              <g key={other} transform={`translate(${column * width} 0)`}>
                <title>{`${name} and ${other}: ${format(value)}`}</title>
                <rect width={width - 2} height={height - 2} rx={3} fill={colour.fill} />
                <text x={width / 2 - 1} y={height / 2 + 3} textAnchor="middle" fill={colour.ink}>
                  {format(value)}
                </text>
              </g>
            );
          })}
          <text
            className={classes['label']}
            data-marked={marked.has(row)}
            x={row * width + 6}
            y={height / 2 + 3}
          >
            <title>{name}</title>
            {shortened(name)}
          </text>
        </g>
      ))}
    </svg>
  );
}
