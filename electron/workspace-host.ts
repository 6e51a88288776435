import { AppError } from '../pipeline/contract/errors.ts';
import type { JobStanding } from '../pipeline/host/node/desktop-host.ts';
import type { HostHandle } from './compat.ts';
import type { FromHost, HostFailure, RunningWork } from './host-messages.ts';

export interface HostEvents {
  /** The workspace is open, for the first time or again. */
  readonly onReady: (name: string) => void;
  /** The process died; unless it does so again and again, another one is on its way. */
  readonly onLost: () => void;
  /** There will be no other. */
  readonly onFailed: (failure: HostFailure) => void;
  readonly onJob: (standing: JobStanding) => void;
}

interface HostEffects {
  readonly fork: () => HostHandle;
  readonly now: () => number;
  readonly wait: (milliseconds: number, then: () => void) => void;
}

type State =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'closing' }
  | { readonly kind: 'closed' };

/** This many crashes within this time, and starting again is no help. */
const CRASHES = 4;
const WITHIN_MS = 60_000;

/** The process of one open workspace: started again when it crashes, since nothing that was committed is lost with it. */
export class WorkspaceHost {
  readonly #effects: HostEffects;
  readonly #events: HostEvents;
  #handle: HostHandle;
  #state: State = { kind: 'starting' };
  #crashes: number[] = [];
  #waiting: (() => void)[] = [];
  #running: JobStanding | null = null;
  #onClosed: () => void = () => undefined;
  #ports = 0;

  constructor(events: HostEvents, effects: HostEffects) {
    this.#events = events;
    this.#effects = effects;
    this.#handle = this.#start();
  }

  get pid(): number | undefined {
    return this.#handle.pid;
  }

  /** The job that is under way. */
  get running(): JobStanding | null {
    return this.#running;
  }

  /** Connects a page as soon as the workspace is open. */
  connect(port: Parameters<HostHandle['attach']>[1]): void {
    const attach = (): void => {
      this.#ports += 1;
      this.#handle.attach(String(this.#ports), port);
    };
    if (this.#state.kind === 'ready') attach();
    else this.#waiting.push(attach);
  }

  /** Ends the process in order: resolves when the workspace is closed. */
  close(running: RunningWork): Promise<void> {
    if (this.#state.kind === 'closed' || this.#state.kind === 'failed') return Promise.resolve();
    this.#state = { kind: 'closing' };
    return new Promise((resolve) => {
      this.#onClosed = resolve;
      this.#handle.send({ kind: 'close', running });
    });
  }

  #start(): HostHandle {
    const handle = this.#effects.fork();
    handle.onMessage((message) => this.#receive(message));
    handle.onExit(() => this.#exited());
    return handle;
  }

  #receive(message: FromHost): void {
    switch (message.kind) {
      case 'ready': {
        if (this.#state.kind !== 'starting') return;
        this.#state = { kind: 'ready' };
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const attach of waiting) attach();
        this.#events.onReady(message.name);
        return;
      }
      case 'failed':
        this.#state = { kind: 'failed' };
        this.#handle.kill();
        this.#events.onFailed(message.failure);
        return;
      case 'job':
        this.#running = message.standing.state === 'running' ? message.standing : null;
        this.#events.onJob(message.standing);
        return;
      case 'relay':
    }
  }

  #exited(): void {
    this.#running = null;
    switch (this.#state.kind) {
      case 'failed':
      case 'closed':
        return;
      case 'closing':
        this.#state = { kind: 'closed' };
        this.#onClosed();
        return;
      case 'starting':
      case 'ready':
        this.#crashed();
    }
  }

  #crashed(): void {
    const now = this.#effects.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < WITHIN_MS), now];
    this.#events.onLost();
    if (this.#crashes.length >= CRASHES) {
      this.#state = { kind: 'failed' };
      const { code, message, next } = new AppError('HOST_CRASHED', {
        times: this.#crashes.length,
      });
      this.#events.onFailed({ code, message, next });
      return;
    }
    this.#state = { kind: 'starting' };
    this.#effects.wait(250 * 2 ** (this.#crashes.length - 1), () => {
      if (this.#state.kind === 'starting') this.#handle = this.#start();
    });
  }
}
