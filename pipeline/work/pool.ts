/** Functions that a worker can be asked to run: arguments and results can be cloned. */
export type TaskTable = Readonly<Record<string, (...args: never[]) => unknown>>;

/** An AbortSignal, as far as a pool knows it. */
export interface CancelSignal {
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface RunOptions {
  /** Aborted, the call rejects at once with the signal's reason, and a worker that is at it is ended. */
  readonly signal?: CancelSignal | undefined;
}

/** Runs tasks off the caller's thread, as many at once as it has workers. */
export interface Pool<Tasks extends TaskTable> {
  readonly size: number;
  run<Name extends keyof Tasks>(
    name: Name,
    args: Parameters<Tasks[Name]>,
    options?: RunOptions,
  ): Promise<ReturnType<Tasks[Name]>>;
  /** Ends the workers; what is still running or waiting rejects. */
  close(): void;
}

export interface TaskRequest {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export type TaskAnswer =
  | { readonly id: number; readonly kind: 'done'; readonly result: unknown }
  | {
      readonly id: number;
      readonly kind: 'failed';
      /** Errors lose what they are on their way; their name, message and own fields go along. */
      readonly error: { readonly name: string; readonly message: string; readonly fields: object };
    };

/** An error that a task threw in a worker, with its name and its fields. */
export class TaskError extends Error {
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(error: { name: string; message: string; fields: object }) {
    super(error.message);
    this.name = error.name;
    this.fields = { ...error.fields };
  }
}
