import react from '@vitejs/plugin-react';
import postcssPresetMantine from 'postcss-preset-mantine';
import { defineConfig, type Plugin } from 'vite';

/** What Chromium 83 lacks, loaded first. Only the desktop tests on an Electron 9 build in this mode. */
const oldChromium: Plugin = {
  name: 'old-chromium',
  transform: (code, id) =>
    id.endsWith('/app/main.tsx') ? `import '../old-chromium.ts';\n${code}` : null,
};

/** Run as `vite build renderer`: the folder is the root, so paths are relative to it. */
export default defineConfig(({ mode }) => {
  const isOld = mode === 'chrome83';
  return {
    base: './',
    plugins: [...(isOld ? [oldChromium] : []), react()],
    css: { postcss: { plugins: [postcssPresetMantine()] } },
    build: {
      outDir: '../dist/renderer',
      emptyOutDir: true,
      target: isOld ? 'chrome83' : 'es2022',
      ...(isOld ? { cssTarget: 'chrome83' } : {}),
      // Plotly comes as one file of 5 MB and is loaded after the first paint.
      chunkSizeWarningLimit: 6000,
    },
  };
});
