/** What the preload script gives to a page, and nothing else. Also written down for the page in renderer/host/shell.ts. */
export const channels = {
  /** Page to shell: asks for a port to the workspace's host. */
  connect: 'strata:connect',
  /** Shell to page: the port. */
  port: 'strata:port',
  /** Shell to page: the host behind the port is gone. */
  lost: 'strata:lost',
  /** Page to shell: it can take files to open from now on. */
  listening: 'strata:listening',
  /** Shell to page: a data file to open. */
  open: 'strata:open',
  /** Page to shell: files were dropped that are not for the page itself. */
  dropped: 'strata:dropped',
} as const;

export const PAGE_ORIGIN = 'app://strata';
