import { shellPort } from '../pipeline/contract/shell.ts';

/** The messages between the shell and the preload script of a page. */
export const channels = {
  /** Page to shell: asks for a port to the workspace's host. */
  connect: 'strata:connect',
  /** Shell to page: the port. */
  port: shellPort,
  /** Shell to page: the host behind the port is gone. */
  lost: 'strata:lost',
  /** Page to shell: it can take files to open from now on. */
  listening: 'strata:listening',
  /** Shell to page: a data file to open. */
  open: 'strata:open',
  /** Page to shell: files were dropped that are not for the page itself. */
  dropped: 'strata:dropped',
  /** Page to shell: the colours that were chosen. */
  colours: 'strata:colours',
  /** Page to shell: words that were typed as prose; the answer is those that are misspelt. */
  misspelt: 'strata:misspelt',
} as const;

export const PAGE_ORIGIN = 'app://strata';
