import { Slider } from '@mantine/core';
import { useId } from 'react';
import { shownLabels } from '../../charts/shown-labels.ts';
import classes from './clusters.module.css';

interface KSliderProps {
  readonly ks: readonly number[];
  readonly k: number;
  readonly recommended: number | null;
  readonly onChoose: (k: number) => void;
}

/** Slides over the numbers of segments that were tried; arrow keys move it by one. */
export function KSlider({ ks, k, recommended, onChoose }: KSliderProps) {
  const label = useId();
  const at = Math.max(0, ks.indexOf(k));
  const must = recommended === null ? [at] : [at, ks.indexOf(recommended)];
  const shown = shownLabels(ks.length, 17, must);
  return (
    <div className={classes['slider']}>
      <span id={label}>k</span>
      <Slider
        min={0}
        max={Math.max(1, ks.length - 1)}
        value={at}
        disabled={ks.length < 2}
        label={null}
        size={6}
        thumbProps={{ 'aria-labelledby': label }}
        thumbValueText={() => `${k} segments`}
        marks={ks.map((value, index) => ({
          value: index,
          label:
            shown[index] !== true ? undefined : (
              <span data-recommended={value === recommended} data-chosen={value === k}>
                {value}
              </span>
            ),
        }))}
        onChange={(index) => {
          const next = ks[index];
          if (next !== undefined) onChoose(next);
        }}
        data-testid="k-slider"
      />
    </div>
  );
}
