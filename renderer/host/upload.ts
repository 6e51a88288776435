import { AppError } from '../../pipeline/contract/errors.ts';
import { problemInBody, ToldError } from './problem.ts';

interface UploadOptions {
  readonly signal: AbortSignal;
  /** Called with the share sent so far, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export type Upload = (file: File, options: UploadOptions) => Promise<string>;

function pathInBody(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || !('path' in body)) return null;
    return typeof body.path === 'string' ? body.path : null;
  } catch {
    return null;
  }
}

/** Sends a file into the workspace and gives the path it has there. `fetch` reports no progress of a body it sends. */
export function httpUpload(token: string): Upload {
  return (file, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const fail = (problem: string): void =>
        reject(new AppError('UPLOAD_FAILED', { name: file.name, problem }));
      request.open('PUT', `/files/${encodeURIComponent(file.name)}`);
      request.setRequestHeader('Authorization', `Bearer ${token}`);
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.upload.addEventListener('progress', (event) => {
        if (event.lengthComputable) onProgress(event.loaded / event.total);
      });
      request.addEventListener('load', () => {
        const path = request.status < 300 ? pathInBody(request.responseText) : null;
        if (path !== null) return resolve(path);
        const told = problemInBody(request.responseText);
        if (told !== null) return reject(new ToldError(told));
        return fail(`the host answered ${request.status} ${request.statusText}`.trim());
      });
      request.addEventListener('error', () => fail('the connection broke off'));
      request.addEventListener('abort', () =>
        reject(new AppError('CANCELLED', { what: `Uploading ${file.name}` })),
      );
      signal.addEventListener('abort', () => request.abort(), { once: true });
      request.send(file);
    });
}
