import { KERNEL_BASE64 } from './kernel-bytes.ts';

/** An address in the kernel's memory, in bytes. */
type Address = number;

export interface KernelMemory {
  readonly buffer: ArrayBuffer;
}

/** What kernel.assembly.ts exports. */
export interface KernelExports {
  readonly assign32: (
    x: Address,
    rows: number,
    columns: number,
    pairs: number,
    centers: Address,
    norms: Address,
    weights: Address,
    labels: Address,
    sums: Address,
    counts: Address,
    found: Address,
  ) => number;
  readonly assign64: (
    x: Address,
    rows: number,
    columns: number,
    pairs: number,
    centers: Address,
    labels: Address,
  ) => number;
  readonly sum64: (
    x: Address,
    rows: number,
    columns: number,
    k: number,
    weights: Address,
    labels: Address,
    sums: Address,
    counts: Address,
  ) => void;
  readonly lower32: Lower;
  readonly lower64: Lower;
}

type Lower = (
  x: Address,
  rows: number,
  columns: number,
  center: Address,
  weights: Address,
  from: Address,
  to: Address,
) => number;

// Neither Node's nor the browser's types are known in this room.
declare const atob: (base64: string) => string;
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number }) => KernelMemory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

const PAGE = 65_536;

function compile(): object | null {
  try {
    const bytes = Uint8Array.from(atob(KERNEL_BASE64), (letter) => letter.charCodeAt(0));
    return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  } catch {
    // An engine without WebAssembly, or a page whose content security policy refuses it.
    return null;
  }
}

/** What is loaded, is so once a thread. */
let compiled: object | null | undefined;

/** The compiled kernel with so many bytes of memory, all 0; null where the engine has no such thing or no room. */
export function instantiateKernel(
  bytes: number,
): { memory: KernelMemory; exports: KernelExports } | null {
  if (compiled === undefined) compiled = compile();
  if (compiled === null) return null;
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    return { memory, exports: exports as KernelExports };
  } catch {
    return null;
  }
}
