import { useMemo } from 'react';
import { formatCount } from '../ui/format.ts';
import { bandPath, flowBands, type Flow, type FlowNode } from './flow-bands.ts';
import classes from './flow-diagram.module.css';
import { segmentColour } from './palette.ts';
import { useChartTheme } from './use-chart-theme.ts';

interface FlowDiagramProps {
  readonly flows: readonly Flow[];
  readonly fromTitle: string;
  readonly toTitle: string;
  /** What the picture shows, for those who do not see it; the values belong into a table beside it. */
  readonly label: string;
}

function Side({ nodes, side }: { nodes: readonly FlowNode[]; side: 'from' | 'to' }) {
  const { scheme } = useChartTheme();
  return (
    <div className={classes['side']} data-side={side}>
      {nodes.map((node) => (
        <div
          key={node.id}
          className={classes['node']}
          style={{
            top: `${node.top}%`,
            height: `${node.height}%`,
            borderColor: segmentColour(node.id, scheme),
          }}
        >
          <span>
            <b>{node.name}</b> {formatCount(node.customers)}
          </span>
        </div>
      ))}
    </div>
  );
}

/** How customers pass from one set of segments to another: bands as wide as they are many. */
export function FlowDiagram({ flows, fromTitle, toTitle, label }: FlowDiagramProps) {
  const { scheme } = useChartTheme();
  const { from, to, bands } = useMemo(() => flowBands(flows), [flows]);
  const height = Math.max(240, 36 * Math.max(from.length, to.length));
  return (
    <div className={classes['diagram']} role="img" aria-label={label}>
      <p className={classes['titles']}>
        <span>{fromTitle}</span>
        <span />
        <span>{toTitle}</span>
      </p>
      <div className={classes['body']} style={{ height }}>
        <Side nodes={from} side="from" />
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {bands.map((band) => (
            <path
              key={`${band.from.id} ${band.to.id}`}
              d={bandPath(band)}
              fill={segmentColour(band.from.id, scheme)}
            >
              <title>{`${band.from.name} to ${band.to.name}: ${formatCount(band.customers)}`}</title>
            </path>
          ))}
        </svg>
        <Side nodes={to} side="to" />
      </div>
    </div>
  );
}
