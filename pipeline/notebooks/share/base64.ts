/** Divisible by 3, so that pieces join without padding between them. */
const atOnce = 0x6000;

/** Base64 as RFC 4648 has it, with padding; the platform's own `toBase64` is not in every engine yet. */
export function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += atOnce) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + atOnce))));
  }
  return pieces.join('');
}
