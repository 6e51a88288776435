import { AppError } from '../pipeline/contract/errors.ts';
import type { JobStanding } from '../pipeline/host/node/desktop-host.ts';
import type { SecretReply, SecretRequest } from '../pipeline/host/secret-messages.ts';
import type { HostHandle } from './compat.ts';
import type { FromHost, HostFailure, RunningWork } from './host-messages.ts';

type Port = Parameters<HostHandle['attach']>[1];

export interface HostEvents {
  /** The workspace is open, for the first time or again. */
  readonly onReady: (name: string) => void;
  /** The process died; unless it does so again and again, another one is on its way. */
  readonly onLost: () => void;
  /** There will be no other. */
  readonly onFailed: (failure: HostFailure) => void;
  readonly onJob: (standing: JobStanding) => void;
  /** The process wants something of a keychain; never rejects. */
  readonly onSecret: (request: SecretRequest) => Promise<SecretReply>;
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
  | { readonly kind: 'closing'; readonly running: RunningWork }
  | { readonly kind: 'closed' };

/** This many crashes within this time, and starting again is no help. */
const CRASHES = 4;
const WITHIN_MS = 60_000;

/** So long may a host take to stop a run and to write what is to be written, before it is ended. */
const PATIENCE_MS = 30_000;

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
  #isAlive = false;

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

  /** Calls for a page's port as soon as the workspace is open, and hands it over; never, if it is on its way out. */
  connect(takePort: () => Port): void {
    const attach = (): void => {
      this.#ports += 1;
      this.#handle.attach(String(this.#ports), takePort());
    };
    if (this.#state.kind === 'ready') attach();
    else if (this.#state.kind === 'starting') this.#waiting.push(attach);
  }

  /** Ends the process in order: resolves when the workspace is closed. */
  close(running: RunningWork): Promise<void> {
    const was = this.#state.kind;
    if (was === 'closed' || was === 'failed') return Promise.resolve();
    if (this.#state.kind === 'closing') return this.#hasten(running);
    if (!this.#isAlive) {
      this.#state = { kind: 'closed' };
      return Promise.resolve();
    }
    this.#state = { kind: 'closing', running };
    // A run that is to be finished takes as long as it takes.
    if (running === 'cancel' || this.#running === null) {
      this.#effects.wait(PATIENCE_MS, () => {
        if (this.#state.kind === 'closing') this.#handle.kill();
      });
    }
    // One that is still opening its workspace hears of it when it has.
    if (was !== 'starting') this.#handle.send({ kind: 'close', running });
    return this.#closed();
  }

  /** Already on its way out: a run that was to be finished can still be stopped. */
  #hasten(running: RunningWork): Promise<void> {
    if (running === 'cancel') this.#handle.send({ kind: 'close', running });
    return this.#closed();
  }

  #closed(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.#onClosed;
      this.#onClosed = () => {
        before();
        resolve();
      };
    });
  }

  #start(): HostHandle {
    const handle = this.#effects.fork();
    this.#isAlive = true;
    handle.onMessage((message) => this.#receive(message));
    handle.onExit(() => this.#exited());
    return handle;
  }

  #receive(message: FromHost): void {
    switch (message.kind) {
      case 'ready': {
        if (this.#state.kind === 'closing') {
          this.#handle.send({ kind: 'close', running: this.#state.running });
          return;
        }
        this.#state = { kind: 'ready' };
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const attach of waiting) attach();
        this.#events.onReady(message.name);
        return;
      }
      case 'failed':
        // It ends by itself, and whoever closes it waits for that.
        if (this.#state.kind === 'closing') return;
        this.#state = { kind: 'failed' };
        this.#handle.kill();
        this.#events.onFailed(message.failure);
        return;
      case 'job':
        this.#running = message.standing.state === 'running' ? message.standing : null;
        this.#events.onJob(message.standing);
        return;
      case 'secret':
        void this.#answer(this.#handle, message.id, message.request);
        return;
      case 'relay':
    }
  }

  /** A process that died meanwhile asks no more, and the one after it has questions of its own. */
  async #answer(handle: HostHandle, id: string, request: SecretRequest): Promise<void> {
    const reply = await this.#events.onSecret(request);
    if (handle === this.#handle && this.#isAlive) handle.send({ kind: 'secret', id, reply });
  }

  #exited(): void {
    this.#running = null;
    this.#isAlive = false;
    switch (this.#state.kind) {
      case 'failed':
      case 'closed':
        return;
      case 'closing':
        this.#state = { kind: 'closed' };
        this.#events.onLost();
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
