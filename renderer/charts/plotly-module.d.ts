declare module 'plotly.js-strict-dist-min' {
  const plotly: import('./load-plotly.ts').Plotly;
  export default plotly;
}
