import type { Plotly } from '../charts/load-plotly.ts';
import { runPart, wholePage } from './page-parts.ts';

let loading: Promise<Plotly> | null = null;
let loaded: Plotly | null = null;

async function load(): Promise<Plotly> {
  await wholePage();
  await runPart('plotly.js');
  const { Plotly: found } = globalThis as { Plotly?: Plotly };
  if (found === undefined) throw new Error('Plotly is not in this page');
  loaded = found;
  return found;
}

function plotly(): Promise<Plotly> {
  loading ??= load();
  return loading;
}

/** Stands for the library where a page carries it along: unpacked with the first chart. */
const keptPlotly: Plotly = {
  react: async (...figure) => (await plotly()).react(...figure),
  purge: (element) => loaded?.purge(element),
  Plots: { resize: (element) => loaded?.Plots.resize(element) },
};

export default keptPlotly;
