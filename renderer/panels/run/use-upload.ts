import { useRef, useState } from 'react';
import { useHost } from '../../host/host-context.tsx';
import { toProblem, type Problem } from '../../host/problem.ts';

export type UploadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending'; readonly share: number }
  | { readonly kind: 'failed'; readonly problem: Problem };

export function useUpload() {
  const { upload } = useHost();
  const [state, setState] = useState<UploadState>({ kind: 'idle' });
  const controller = useRef<AbortController | null>(null);

  const send = async (file: File, onPath: (path: string) => void): Promise<void> => {
    controller.current = new AbortController();
    setState({ kind: 'sending', share: 0 });
    try {
      const path = await upload(file, {
        signal: controller.current.signal,
        onProgress: (share) => setState({ kind: 'sending', share }),
      });
      setState({ kind: 'idle' });
      onPath(path);
    } catch (error) {
      const problem = toProblem(error);
      setState(problem.code === 'CANCELLED' ? { kind: 'idle' } : { kind: 'failed', problem });
    }
  };

  return { state, send, cancel: () => controller.current?.abort() };
}
