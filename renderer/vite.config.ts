import react from '@vitejs/plugin-react';
import postcssPresetMantine from 'postcss-preset-mantine';
import { defineConfig } from 'vite';

/** Run as `vite build renderer`: the folder is the root, so paths are relative to it. */
export default defineConfig({
  base: './',
  plugins: [react()],
  css: { postcss: { plugins: [postcssPresetMantine()] } },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2022',
    // Plotly comes as one file of 5 MB and is loaded after the first paint.
    chunkSizeWarningLimit: 6000,
  },
});
