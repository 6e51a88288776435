import '@mantine/core/styles.css';
import '../app/global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { cssVariables, theme } from '../app/theme.ts';
import { HostProvider } from '../host/host-context.tsx';
import { hostQueryClient } from '../host/query-client.ts';
import { pageContent } from './page-content.ts';
import { pageHost } from './page-host.ts';
import { ReaderPage } from './reader-page.tsx';

const content = pageContent();
const host = pageHost(content);
const queries = hostQueryClient(host.connection);
void host.connection.run();

const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <HostProvider host={host}>
          <ReaderPage content={content} host={host} />
        </HostProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
