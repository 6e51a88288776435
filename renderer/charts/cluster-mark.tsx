import { segmentColour, segmentSymbol } from './palette.ts';
import { useChartTheme } from './use-chart-theme.ts';

const outlines: Readonly<Record<string, string>> = {
  circle: 'M6 1.2a4.8 4.8 0 1 0 .001 0z',
  diamond: 'M6 .4 11.6 6 6 11.6.4 6z',
  square: 'M1.4 1.4h9.2v9.2H1.4z',
  cross: 'M4.3.8h3.4v3.5h3.5v3.4H7.7v3.5H4.3V7.7H.8V4.3h3.5z',
  'triangle-up': 'M6 .8 11.6 10.6H.4z',
  star: 'M6 .2C6.4 4 8 5.6 11.8 6 8 6.4 6.4 8 6 11.8 5.6 8 4 6.4 .2 6 4 5.6 5.6 4 6 .2z',
  x: 'M3.2 .8 6 3.6 8.8 .8 11.2 3.2 8.4 6 11.2 8.8 8.8 11.2 6 8.4 3.2 11.2 .8 8.8 3.6 6 .8 3.2z',
};

/** The colour and shape in which a cluster's points are drawn. */
export function ClusterMark({ id }: { id: number | null }) {
  const { scheme } = useChartTheme();
  return (
    <svg width={11} height={11} viewBox="0 0 12 12" aria-hidden="true" style={{ flex: 'none' }}>
      <path
        d={outlines[segmentSymbol(id)] ?? outlines['circle']}
        fill={segmentColour(id, scheme)}
      />
    </svg>
  );
}
