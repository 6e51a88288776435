import { runPart, unpackedPart } from './page-parts.ts';

function tell(words: string): void {
  const place = document.querySelector('#opening');
  if (place !== null) place.textContent = words;
}

/** The one script that the page's policy names: it unpacks the others. */
async function load(): Promise<void> {
  const style = document.createElement('style');
  style.textContent = await unpackedPart('page.css');
  document.head.append(style);
  await runPart('page.js');
}

if ('DecompressionStream' in globalThis && 'withResolvers' in Promise && 'any' in AbortSignal) {
  load().catch((error: unknown) => tell(`This page could not be opened: ${String(error)}`));
} else {
  tell('This page needs a newer browser: Chrome or Edge 119, Firefox 124, Safari 17.4, or later.');
}
