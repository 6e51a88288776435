import { useId, useMemo } from 'react';
import { VisuallyHidden } from '@mantine/core';
import { Chart } from '../../charts/chart.tsx';
import type { Figure } from '../../charts/figure.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { cleanHtml } from './clean-html.ts';
import { figureHeight, figureTitle, themedFigure } from './themed-figure.ts';
import { useAfterPaint } from './use-after-paint.ts';
import { useTurn } from './use-turn.ts';

interface FigureOutputProps {
  readonly figure: Figure;
  /** The values as a table, for those who listen to the page. */
  readonly values: string | null;
}

/** Nobody hears the values of a chart that is still moving. */
const stillMs = 300;

/** A figure in the page's colours. A change of its values redraws it in place. */
export function FigureOutput({ figure, values }: FigureOutputProps) {
  const theme = useChartTheme();
  const themed = useMemo(() => themedFigure(figure, theme), [figure, theme]);
  const told = useAfterPaint(values, stillMs);
  const table = useMemo(() => (told === null ? null : cleanHtml(told)), [told]);
  const described = useId();
  const turn = useTurn();
  if (!turn) return <div style={{ height: figureHeight(figure) }} />;
  return (
    <>
      <Chart
        figure={themed}
        height={figureHeight(figure)}
        label={`Chart: ${figureTitle(figure) ?? 'no title'}`}
        {...(table === null ? {} : { describedBy: described })}
        testId="notebook-figure"
      />
      {table === null ? null : (
        <VisuallyHidden id={described}>
          {/* oxlint-disable-next-line react/no-danger -- cleaned above */}
          <div dangerouslySetInnerHTML={{ __html: table }} />
        </VisuallyHidden>
      )}
    </>
  );
}
