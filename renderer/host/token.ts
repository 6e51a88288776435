const key = 'strata.token';

interface TokenPlace {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}

/** The token a fragment carries (`#token=...`), or null. */
export function tokenInFragment(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token === null || token === '' ? null : token;
}

/** Takes the token out of the address bar at once and keeps it for this tab, so that a reload goes on working. */
export function takeToken(place: TokenPlace): string | null {
  const { location, history, storage } = place;
  const given = tokenInFragment(location.hash);
  if (given === null) return storage.getItem(key);
  storage.setItem(key, given);
  history.replaceState(null, '', location.pathname + location.search);
  return given;
}
