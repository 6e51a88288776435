import type { Page } from 'playwright-core';

interface PlotlyElement extends HTMLElement {
  on(event: 'plotly_afterplot', listener: () => void): void;
  readonly _fullData: readonly { readonly y: ArrayLike<number> }[];
}

interface Hand {
  /** Moves the slider and tells when: at once, before anything was done about it. */
  move(value: number): number;
  /** When each value was drawn, in this order, and the next frame began. */
  readonly drawn: { readonly value: number; readonly at: number }[];
  until(value: number): Promise<void>;
}

declare const hand: Hand;

/** Puts a hand on the one slider of the page and an eye on its one chart, whose second line is as high as the value. */
export function layHand(page: Page): Promise<void> {
  return page.evaluate(() => {
    const chart = document.querySelector<PlotlyElement>('[data-testid="notebook-figure"]');
    const input = document.querySelector<HTMLInputElement>('input[type="range"]');
    if (chart === null || input === null) throw new Error('There is no chart of a slider.');
    const drawn: Hand['drawn'] = [];
    let told: (() => void) | null = null;
    let seen = Number.NaN;
    chart.on('plotly_afterplot', () => {
      const value = Number(chart._fullData[1]?.y[0]);
      if (value === seen) return;
      seen = value;
      requestAnimationFrame(() => {
        drawn.push({ value, at: performance.now() });
        told?.();
      });
    });
    Object.assign(globalThis, {
      hand: {
        drawn,
        move: (value: number) => {
          // Past the setter by which React would take the event for one of no change.
          Reflect.set(HTMLInputElement.prototype, 'value', String(value), input);
          const at = performance.now();
          input.dispatchEvent(new Event('input', { bubbles: true }));
          return at;
        },
        until: async (value: number) => {
          while (drawn.at(-1)?.value !== value) {
            await new Promise<void>((resolve) => {
              told = resolve;
            });
          }
        },
      } satisfies Hand,
    });
  });
}

/** Milliseconds from each input event until the chart of its value was drawn and the next frame began. */
export function stepOneByOne(page: Page, values: readonly number[]): Promise<number[]> {
  return page.evaluate(async (values) => {
    const times: number[] = [];
    for (const value of values) {
      const began = hand.move(value);
      await hand.until(value);
      times.push((hand.drawn.at(-1)?.at ?? Number.NaN) - began);
      // Eyes look before the hand goes on.
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    return times;
  }, values);
}

interface Dragged {
  /** Charts drawn while the hand moved. */
  readonly redraws: number;
  readonly longestGap: number;
  /** From the last input event to its chart. */
  readonly last: number;
}

/** A hand that does not rest: an input event a frame. */
export function drag(page: Page, values: readonly number[]): Promise<Dragged> {
  return page.evaluate(async (values) => {
    const before = hand.drawn.length;
    const began = performance.now();
    let last = began;
    let end = Number.NaN;
    for (const value of values) {
      await new Promise((resolve) => setTimeout(resolve, 16));
      last = hand.move(value);
      end = value;
    }
    await hand.until(end);
    const at = [began, ...hand.drawn.slice(before).map((one) => one.at)];
    return {
      redraws: at.filter((time) => time <= last).length - 1,
      longestGap: Math.max(...at.slice(1).map((time, index) => time - (at[index] ?? time))),
      last: (at.at(-1) ?? last) - last,
    };
  }, values);
}
