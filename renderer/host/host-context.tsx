import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import { AppError } from '../../pipeline/contract/errors.ts';
import type { HostClient } from './client.ts';
import type { Connection, ConnectionState } from './connection.ts';
import type { OpenedFile } from './opened-file.ts';
import type { Upload } from './upload.ts';

export interface Host {
  readonly client: HostClient;
  readonly connection: Connection;
  readonly upload: Upload;
  /** A data file. */
  readonly opened: OpenedFile;
  readonly openedNotebook: OpenedFile;
}

const HostContext = createContext<Host | null>(null);

export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  return <HostContext value={host}>{children}</HostContext>;
}

export function useHost(): Host {
  const host = use(HostContext);
  if (host === null)
    throw new AppError('INTERNAL', { problem: 'a panel was drawn without a host' });
  return host;
}

export function useConnectionState(): ConnectionState {
  const { connection } = useHost();
  return useSyncExternalStore(connection.subscribe, connection.state);
}
