import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

const KEEP_ALIVE_MS = 60_000;

interface SocketRequest {
  host: string;
  port: number;
  ssl: ConnectionOptions | undefined;
  onConnect: () => void;
}

/** Knows every socket of a client, so that closing it leaves nothing that waits or keeps the process alive. */
export class KafkaSockets {
  readonly #open = new Set<Socket>();
  closed = false;
  /** Whether any connection was ever made: an open port that says nothing is told from a closed one. */
  connected = false;

  /** The `socketFactory` of kafkajs. */
  readonly create = ({ host, port, ssl, onConnect }: SocketRequest): Socket => {
    if (this.closed) throw new Error('the client was closed');
    const connected = (): void => {
      this.connected = true;
      onConnect();
    };
    const socket = ssl
      ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...ssl }, connected)
      : connectTcp({ host, port }, connected);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    // kafkajs calls unref() again with every failed retry, and on an unconnected socket each call adds a listener.
    socket.setMaxListeners(0);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  };

  /** Ends all sockets with an error, which is what makes kafkajs let go of the requests that wait on them. */
  destroy(): void {
    this.closed = true;
    for (const socket of this.#open) socket.destroy(new Error('the client was closed'));
  }
}
