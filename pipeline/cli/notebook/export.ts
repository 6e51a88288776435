export async function exportAction(): Promise<void> {}
