/** Builds `script`, with the workers that it starts, into `folder`, beside a page that loads it. */
export function buildPage(page: {
  readonly script: string;
  readonly folder: string;
}): Promise<void>;

export interface ServedPage extends AsyncDisposable {
  readonly address: string;
}

/** Serves a folder on loopback, isolated, so that pages have SharedArrayBuffer. */
export function servePage(folder: string): Promise<ServedPage>;
