/** Where a host writes what must not cross the wire. Quiet unless something is wrong. */
export interface HostLogger {
  error(message: string, error: unknown): void;
}
