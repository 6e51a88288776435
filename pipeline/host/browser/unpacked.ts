import { fromBase85 } from '../../contract/base85.ts';

interface WithBase64 {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

/** The platform's own is twenty times as fast, and not in every browser yet. */
function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  const own = (Uint8Array as WithBase64).fromBase64?.bind(Uint8Array);
  if (own !== undefined) return own(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** What was gzipped, as it comes out. */
function unzipped(packed: Uint8Array<ArrayBuffer>, type: string): Response {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'Content-Type': type } });
}

/** A table's Arrow IPC stream. */
export async function unpackedTable(packed: string): Promise<Uint8Array> {
  const response = unzipped(fromBase64(packed), 'application/octet-stream');
  return new Uint8Array(await response.arrayBuffer());
}

export function unpackedScript(packed: string): Promise<string> {
  return unzipped(fromBase85(packed), 'text/javascript').text();
}

/** Compiles while it unpacks. */
export function unpackedModule(packed: string): Promise<WebAssembly.Module> {
  return WebAssembly.compileStreaming(unzipped(fromBase85(packed), 'application/wasm'));
}
