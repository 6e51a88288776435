import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../contract/errors.ts';
import { Jobs } from '../jobs.ts';
import { hostRouter } from '../router.ts';
import { noSecretStore, type SecretStore } from '../secret-store.ts';
import type { Workbench } from '../workbench.ts';
import type { Gate } from './gate.ts';
import { httpFront } from './http-front.ts';
import { RpcSockets } from './rpc-sockets.ts';
import { defaultServeEffects, type ServeEffects } from './serve-effects.ts';
import { StaticFiles } from './static-files.ts';
import { Uploads } from './uploads.ts';

export interface ServeOptions {
  readonly workbench: Workbench;
  /** The built page. */
  readonly staticDirectory: string;
  /** Where uploads go; without it there are none. */
  readonly filesDirectory?: string;
  readonly maximumUploadBytes?: number;
  /** 0 or nothing takes a free one. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  /** At least 43 letters of base64url; made at random if not given. */
  readonly token?: string;
  /** Given when somebody else reaches the same jobs; then they outlive this server. */
  readonly jobs?: Jobs;
  /** Where passwords are kept; nowhere, if not given. */
  readonly secrets?: SecretStore;
  readonly heartbeatMilliseconds?: number;
  readonly effects?: ServeEffects;
}

export interface Served {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly jobs: Jobs;
  /** Ends sockets, calls, uploads and, unless they were given, jobs. The workbench stays open. */
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
const gibibyte = 1024 ** 3;
const mebibyte = 1024 ** 2;

function refuseBadOptions({ port = 0, token, ...options }: ServeOptions): void {
  const host: string = options.host ?? loopback;
  if (host !== loopback) {
    throw new AppError('BAD_USAGE', {
      problem: `The host listens on ${loopback} only, not on ${host}.`,
    });
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new AppError('BAD_USAGE', {
      problem: `${port} is not a port; one is a whole number up to 65535.`,
    });
  }
  if (token !== undefined && !/^[\w-]{43,}$/.test(token)) {
    throw new AppError('BAD_USAGE', {
      problem: 'The token must be at least 43 letters of base64url.',
    });
  }
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: loopback, port, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE') throw new AppError('PORT_IN_USE', { port }, { cause });
    if (code === 'EACCES')
      throw new AppError('PERMISSION_DENIED', { path: `Port ${port}` }, { cause });
    throw cause;
  }
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await stopped;
}

/** Serves one workbench to browsers of this machine. Whoever is to reach it needs the token (docs/decisions/0004). */
export async function serve(options: ServeOptions): Promise<Served> {
  refuseBadOptions(options);
  const effects = options.effects ?? defaultServeEffects;
  const { workbench, filesDirectory, maximumUploadBytes = 8 * gibibyte } = options;
  const { secrets = noSecretStore } = options;
  const { logger } = effects;
  const files = await StaticFiles.open(options.staticDirectory);
  const jobs = options.jobs ?? new Jobs(workbench, effects);
  const token = options.token ?? effects.newToken();
  const sockets = new RpcSockets({
    router: hostRouter({ workbench, jobs, logger, secrets }),
    logger,
    heartbeatMilliseconds: options.heartbeatMilliseconds ?? 30_000,
    maximumMessageBytes: 32 * mebibyte,
  });
  const uploads =
    filesDirectory === undefined
      ? null
      : new Uploads({ directory: filesDirectory, maximumBytes: maximumUploadBytes });
  let gate: Gate = { port: options.port ?? 0, token };
  const server = httpFront({ gate: () => gate, files, uploads, sockets, logger });
  const close = async (): Promise<void> => {
    const stopped = server.listening ? stop(server) : Promise.resolve();
    await sockets.close();
    if (options.jobs === undefined) await jobs.close();
    await Promise.all([stopped, uploads?.settled()]);
  };
  try {
    gate = { port: await listen(server, options.port ?? 0), token };
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `http://${loopback}:${gate.port}/`, port: gate.port, token, jobs, close };
}
