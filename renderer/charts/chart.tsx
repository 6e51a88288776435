import { useEffect, useRef, useState } from 'react';
import classes from './chart.module.css';
import type { Figure } from './figure.ts';
import { KeptMargins } from './kept-margins.ts';
import { loadPlotly, type Plotly } from './load-plotly.ts';

interface ChartProps {
  readonly figure: Figure;
  /** What the chart shows, for those who do not see it; the values belong into a table beside it. */
  readonly label: string;
  readonly describedBy?: string;
  readonly testId: string;
  readonly height: number;
}

const config = { displayModeBar: false, responsive: false, displaylogo: false };

export function Chart({ figure, label, describedBy, testId, height }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const shown = useRef(figure);
  const [margins] = useState(() => new KeptMargins());
  const [plotly, setPlotly] = useState<Plotly | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let here = true;
    const load = async (): Promise<void> => {
      try {
        const loaded = await loadPlotly();
        if (here) setPlotly(() => loaded);
      } catch {
        if (here) setFailed(true);
      }
    };
    void load();
    return () => {
      here = false;
    };
  }, []);

  useEffect(() => {
    const target = element.current;
    if (plotly === null || target === null) return;
    shown.current = figure;
    const draw = async (): Promise<void> => {
      try {
        await plotly.react(target, figure.data, margins.kept(figure.layout), config);
        margins.note(target);
        // It resolves after plotly_afterplot; whoever waits for the first picture looks at the mark.
        target.dataset['painted'] = 'true';
      } catch {
        setFailed(true);
      }
    };
    void draw();
  }, [plotly, figure, margins]);

  useEffect(() => {
    const target = element.current;
    if (plotly === null || target === null) return undefined;
    const fit = async (): Promise<void> => {
      const { data, layout } = shown.current;
      try {
        if (margins.giveBack(target)) await plotly.react(target, data, layout, config);
        await plotly.Plots.resize(target);
        margins.note(target);
      } catch {
        setFailed(true);
      }
    };
    const observer = new ResizeObserver(() => {
      if (target.clientWidth > 0) void fit();
    });
    observer.observe(target);
    return () => {
      observer.disconnect();
      plotly.purge(target);
      delete target.dataset['painted'];
    };
  }, [plotly, margins]);

  if (failed) {
    return (
      <div className={classes['failed']} style={{ height }} role="alert">
        The chart could not be drawn; its values are in the tables below. Reload the page to try
        again.
      </div>
    );
  }
  return (
    <div
      ref={element}
      className={classes['chart']}
      style={{ height }}
      role="img"
      aria-label={label}
      aria-describedby={describedBy}
      data-testid={testId}
    />
  );
}
