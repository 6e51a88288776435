import type { PlotlyObject } from './figure.ts';

interface Margins {
  readonly l: number;
  readonly b: number;
}

/** What Plotly came to on an element; not of its documented interface, so that nothing may depend on it being there. */
interface Drawn {
  readonly _fullLayout?: { readonly _size?: Partial<Margins> };
}

function asMargins(value: PlotlyObject[string] | undefined): Margins {
  const { l, b } = (typeof value === 'object' ? value : {}) as Partial<Margins>;
  return { l: l ?? 0, b: b ?? 0 };
}

/**
 * The room that labels have taken on one element. A wider label makes Plotly draw a second time, and a narrower one again:
 * where only the values of a chart change, the widest so far keeps its room, and the chart stands still.
 */
export class KeptMargins {
  #of = '';
  #most: Margins = { l: 0, b: 0 };
  #width = 0;

  /** The layout to draw with. */
  kept(layout: PlotlyObject): PlotlyObject {
    const of = JSON.stringify(layout);
    if (of !== this.#of) this.#most = { l: 0, b: 0 };
    this.#of = of;
    const margin = layout['margin'];
    const given = asMargins(margin);
    if (this.#most.l <= given.l && this.#most.b <= given.b) return layout;
    return {
      ...layout,
      margin: {
        ...(margin as PlotlyObject | undefined),
        l: Math.max(given.l, this.#most.l),
        b: Math.max(given.b, this.#most.b),
      },
    };
  }

  /** Gives the room back where the element has another width than what was drawn; whether there was any. */
  giveBack(element: HTMLElement): boolean {
    if (element.clientWidth === this.#width) return false;
    const { l, b } = this.#most;
    this.#most = { l: 0, b: 0 };
    return l > 0 || b > 0;
  }

  /** Takes note of what was drawn. */
  note(element: HTMLElement): void {
    const { l = 0, b = 0 } = (element as Drawn)._fullLayout?._size ?? {};
    this.#most = { l: Math.max(this.#most.l, l), b: Math.max(this.#most.b, b) };
    this.#width = element.clientWidth;
  }
}
