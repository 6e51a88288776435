/** What was gzipped, as it comes out. */
export function unpacked(packed: ArrayBuffer, type = 'application/octet-stream'): Response {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'Content-Type': type } });
}

export async function unpackedBytes(packed: ArrayBuffer): Promise<Uint8Array> {
  return new Uint8Array(await unpacked(packed).arrayBuffer());
}

/** Compiles while it unpacks. */
export function unpackedModule(packed: ArrayBuffer): Promise<WebAssembly.Module> {
  return WebAssembly.compileStreaming(unpacked(packed, 'application/wasm'));
}
