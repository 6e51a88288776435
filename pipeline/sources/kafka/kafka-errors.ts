import { AppError } from '../../contract/errors.ts';

export interface KafkaTask {
  readonly topic: string;
  readonly brokers: readonly string[];
}

/** What kafkajs, node:net and node:tls put on their errors, as far as it matters here. */
interface Trace {
  readonly names: ReadonlySet<string>;
  /** Kafka's own names of protocol errors. */
  readonly types: ReadonlySet<string>;
  readonly codes: ReadonlySet<string>;
  readonly message: string;
}

function traceOf(error: unknown): Trace {
  const [names, types, codes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let message = String(error);
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    seen.add(at);
    names.add(at.name);
    if ('type' in at) types.add(String(at.type));
    if ('code' in at) codes.add(String(at.code));
    message = at.message;
  }
  return { names, types, codes, message };
}

const some = (values: ReadonlySet<string>, pattern: RegExp): boolean =>
  [...values].some((value) => pattern.test(value));

const REFUSING_TYPES = /SASL|AUTHORIZATION_FAILED|SECURITY_DISABLED/;
const TLS_CODES = /CERT|SIGNATURE|^ERR_(SSL|TLS)|^EPROTO$/;
const NETWORK_NAMES =
  /^KafkaJS(Connection\w*|RequestTimeout|BrokerNotFound|LockTimeout|NoBroker\w*)/;
const CLOSED = /^KafkaJSConnectionClosed/;

/** Whether the network, not Kafka, is what failed. */
export function isNetworkError(error: unknown): boolean {
  return some(traceOf(error).names, NETWORK_NAMES);
}

/** Kafka's own names of the protocol errors behind an error. */
export function kafkaTypes(error: unknown): ReadonlySet<string> {
  return traceOf(error).types;
}

export function hasKafkaType(error: unknown, type: string): boolean {
  return traceOf(error).types.has(type);
}

/** Whether going on after a pause and with fresh metadata may help. */
export function isPassing(error: unknown): boolean {
  if (isRefusal(traceOf(error))) return false;
  if (isNetworkError(error)) return true;
  return error instanceof Error && 'retriable' in error && error.retriable === true;
}

function isRefusal({ names, types, codes }: Trace): boolean {
  return some(types, REFUSING_TYPES) || some(names, /SASL/) || some(codes, TLS_CODES);
}

/** Gives what kafkajs throws a code of ours. `opening` is before the broker's first answer. */
export function asKafkaError(
  error: unknown,
  task: KafkaTask,
  stage: 'opening' | 'working' = 'working',
): AppError {
  if (error instanceof AppError) return error;
  const trace = traceOf(error);
  const brokers = task.brokers.join(', ');
  if (isRefusal(trace)) {
    return new AppError('KAFKA_REFUSED', { brokers, problem: trace.message }, { cause: error });
  }
  const closed = some(trace.names, CLOSED) || trace.codes.has('ECONNRESET');
  if (stage === 'opening' && closed) {
    const problem = 'the connection was closed without an answer; it may expect TLS or a login';
    return new AppError('KAFKA_REFUSED', { brokers, problem }, { cause: error });
  }
  if (some(trace.names, NETWORK_NAMES)) {
    return new AppError('KAFKA_UNREACHABLE', { brokers, problem: trace.message }, { cause: error });
  }
  return new AppError(
    'KAFKA_FAILED',
    { topic: task.topic, problem: trace.message },
    { cause: error },
  );
}
