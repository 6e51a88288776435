import '@mantine/core/styles.css';
import './global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadPlotly } from '../charts/load-plotly.ts';
import { hostClient } from '../host/client.ts';
import { Connection } from '../host/connection.ts';
import { HostProvider } from '../host/host-context.tsx';
import { hostQueryClient } from '../host/query-client.ts';
import { takeToken, tokenInFragment } from '../host/token.ts';
import { httpUpload } from '../host/upload.ts';
import { webSocketDial } from '../host/websocket-transport.ts';
import { App } from './app.tsx';
import { theme } from './theme.ts';

const token = takeToken({ location, history, storage: sessionStorage });
// Another address pasted into this tab changes the fragment only, which loads nothing by itself.
addEventListener('hashchange', () => {
  if (tokenInFragment(location.hash) !== null) location.reload();
});

const connection = new Connection(
  token === null ? () => Promise.resolve({ kind: 'refused' }) : webSocketDial(token),
);
const host = { client: hostClient(connection), connection, upload: httpUpload(token ?? '') };
const queries = hostQueryClient(connection);
void connection.run();

const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
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
