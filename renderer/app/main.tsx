import '@mantine/core/styles.css';
import './global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadPlotly } from '../charts/load-plotly.ts';
import { desktopHost } from '../host/desktop-host.ts';
import { HostProvider } from '../host/host-context.tsx';
import { hostQueryClient } from '../host/query-client.ts';
import { servedHost } from '../host/served-host.ts';
import { desktopShell } from '../host/shell.ts';
import { App } from './app.tsx';
import { cssVariables, theme } from './theme.ts';
import { ToldColours } from './told-colours.tsx';

const shell = desktopShell();
const host = shell === null ? servedHost() : desktopHost(shell);
const queries = hostQueryClient(host.connection);
void host.connection.run();

const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        {shell === null ? null : <ToldColours shell={shell} />}
        <QueryClientProvider client={queries}>
          <HostProvider host={host}>
            <App />
          </HostProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

// After the first paint, so that the charts need not wait for it once their numbers are here.
requestAnimationFrame(() =>
  setTimeout(() => {
    loadPlotly().catch(() => {});
  }, 0),
);
