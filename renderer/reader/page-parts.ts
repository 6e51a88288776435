import { fromBase85 } from '../../pipeline/contract/base85.ts';
import { partBlock, type PagePart } from '../../pipeline/contract/shared-page.ts';

/** The page starts before all of its file has been read: libraries and engine stand at its end. */
export async function wholePage(): Promise<void> {
  if (document.readyState !== 'loading') return;
  await new Promise<void>((resolve) =>
    document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }),
  );
}

/** The text of a block of this page; what is not there is empty. */
export function blockText(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

/** The element goes: nobody reads it twice, and it takes more room than what is in it. */
export function takeBlock(id: string): string {
  const text = blockText(id);
  document.getElementById(id)?.remove();
  return text;
}

export function takePart(part: PagePart): string {
  return takeBlock(partBlock(part));
}

export function unpackedPart(part: PagePart): Promise<string> {
  const packed = new Blob([fromBase85(takePart(part))]);
  return new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/** Runs one of the page's own scripts. The policy allows what the page made itself, and nothing from elsewhere. */
export async function runPart(part: PagePart): Promise<void> {
  const text = await unpackedPart(part);
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(`${part} could not be run`)));
    document.head.append(script);
  });
  URL.revokeObjectURL(address);
}
