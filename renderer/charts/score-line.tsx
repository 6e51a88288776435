import { useId } from 'react';
import classes from './score-line.module.css';
import type { ScorePoint, ScoreShape } from './score-shape.ts';
import { shownLabels } from './shown-labels.ts';

interface ScoreLineProps {
  readonly shape: ScoreShape;
  readonly chosen: number | null;
  /** The k that this score speaks for. */
  readonly best: number | null;
  /** A value to compare with, drawn across; left out where the axis does not reach it. */
  readonly bar: number | null;
  readonly label: string;
  readonly format: (value: number) => string;
  readonly tick: (value: number) => string;
  readonly onChoose: (k: number) => void;
}

interface ColumnProps {
  readonly point: ScorePoint;
  readonly name: string;
  readonly width: number;
  readonly chosen: boolean;
  readonly best: boolean;
  readonly labelled: boolean;
  readonly words: string;
  readonly onChoose: (k: number) => void;
}

function Column({ point, name, width, chosen, best, labelled, words, onChoose }: ColumnProps) {
  const { k, left, top, whisker } = point;
  return (
    <label
      className={classes['column']}
      style={{ left: `${left - width / 2}%`, width: `${width}%` }}
      data-chosen={chosen}
      title={words}
    >
      <input
        type="radio"
        name={name}
        value={k}
        checked={chosen}
        aria-label={words}
        onChange={() => onChoose(k)}
      />
      <span className={classes['marks']} aria-hidden="true">
        {whisker === null ? null : (
          <i
            className={classes['whisker']}
            style={{ top: `${whisker.top}%`, height: `${whisker.bottom - whisker.top}%` }}
          />
        )}
        {top === null ? null : (
          <i className={classes['dot']} data-best={best} style={{ top: `${top}%` }} />
        )}
      </span>
      {labelled ? (
        <span className={classes['k']} aria-hidden="true">
          {k}
        </span>
      ) : null}
    </label>
  );
}

/** One score over k as a line whose points can be chosen: a group of radio buttons for the keyboard. */
export function ScoreLine(props: ScoreLineProps) {
  const { shape, chosen, best, bar, label, format, tick, onChoose } = props;
  const name = useId();
  const width = 100 / shape.points.length;
  const at = (k: number | null): number => shape.points.findIndex((point) => point.k === k);
  const shown = shownLabels(shape.points.length, 14, [at(chosen), at(best)]);
  const barTop = bar === null ? null : shape.topOf(bar);
  return (
    <div className={classes['line']} role="radiogroup" aria-label={label}>
      {shape.ticks.map(({ value, top }) => (
        <span key={value} className={classes['tick']} style={{ top: `${top}%` }} aria-hidden="true">
          <em>{tick(value)}</em>
        </span>
      ))}
      <div className={classes['plot']}>
        {barTop === null ? null : (
          <span className={classes['bar']} style={{ top: `${barTop}%` }} aria-hidden="true" />
        )}
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path d={shape.path} vectorEffect="non-scaling-stroke" />
        </svg>
        {shape.points.map((point, at) => (
          <Column
            key={point.k}
            point={point}
            name={name}
            width={width}
            chosen={point.k === chosen}
            best={point.k === best}
            labelled={shown[at] ?? false}
            words={`k = ${point.k}: ${point.value === null ? 'no value' : format(point.value)}`}
            onChoose={onChoose}
          />
        ))}
      </div>
    </div>
  );
}
