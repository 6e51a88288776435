import { exportShare, inspectShare } from '../../../runs/notebook/share-notebook.ts';
import type { NotebookSharing } from '../../notebooks/notebook-sharing.ts';

const types: Readonly<Record<string, string>> = {
  ipynb: 'application/x-ipynb+json',
  html: 'text/html',
  pdf: 'application/pdf',
  zip: 'application/zip',
};

/** Shares made on this machine. */
export const localSharing: NotebookSharing = {
  inspect: inspectShare,
  async export(notebook, wanted) {
    const { name, bytes } = await exportShare(notebook, { ...wanted, now: new Date() });
    const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    return { name, file: new Blob([bytes], { type }) };
  },
};
