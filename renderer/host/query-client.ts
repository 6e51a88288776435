import { onlineManager, QueryClient } from '@tanstack/react-query';
import type { Connection } from './connection.ts';
import { toProblem } from './problem.ts';

/** Queries wait while the host is away and go on when it is back; what the host refused is asked again only by hand. */
export function hostQueryClient(connection: Connection): QueryClient {
  onlineManager.setEventListener((setOnline) => {
    const tell = (): void => setOnline(connection.state().kind === 'open');
    tell();
    return connection.subscribe(tell);
  });
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 5 && toProblem(error).code === 'HOST_LOST',
        retryDelay: 300,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
