/** Lets the browser, or the desktop around it, save a file: it asks where, or puts it among the downloads. */
export function saveFile({ name, file }: { readonly name: string; readonly file: Blob }): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
