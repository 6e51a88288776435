import { readFileSync } from 'node:fs';
import { AppError } from '../contract/errors.ts';
import type { KafkaConnectionOptions } from '../sources/kafka/topic-reader.ts';
import { fileError } from '../workspace/node/file-error.ts';
import { type CommandIo, oneOf, required } from './command.ts';

export const kafkaOptions = {
  brokers: { type: 'string' },
  ssl: { type: 'boolean' },
  ca: { type: 'string' },
  'sasl-mechanism': { type: 'string' },
  'sasl-username': { type: 'string' },
} as const;

export const kafkaUsage = `
  --brokers B       one or more HOST:PORT, separated by commas
  --ssl, --ca FILE  encrypt; trust this certificate authority
  --sasl-mechanism  plain, scram-sha-256 or scram-sha-512, with --sasl-username;
                    the password is taken from $STRATA_KAFKA_PASSWORD`;

interface KafkaValues {
  readonly brokers?: string | undefined;
  readonly ssl?: boolean | undefined;
  readonly ca?: string | undefined;
  readonly 'sasl-mechanism'?: string | undefined;
  readonly 'sasl-username'?: string | undefined;
}

function certificate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw fileError(error, path);
  }
}

export function parseBrokers(text: string): string[] {
  const brokers = text.split(',').map((broker) => broker.trim());
  const wrong = brokers.find((broker) => !/^(\[[\da-f:]+\]|[^\s:]+):\d{1,5}$/i.test(broker));
  if (wrong === undefined) return brokers;
  throw new AppError('BAD_USAGE', {
    problem: `--brokers takes HOST:PORT, separated by commas; "${wrong}" is not one.`,
  });
}

/** The password never stands on the command line, where every user of the machine could read it. */
export function kafkaConnection(values: KafkaValues, io: CommandIo): KafkaConnectionOptions {
  const brokers = parseBrokers(required(values.brokers, 'brokers'));
  const mechanism = values['sasl-mechanism'];
  const ssl = values.ca === undefined ? values.ssl === true : { ca: certificate(values.ca) };
  if (mechanism === undefined) return { brokers, ...(ssl === false ? {} : { ssl }) };
  const password = io.env['STRATA_KAFKA_PASSWORD'];
  if (password === undefined) {
    throw new AppError('BAD_USAGE', { problem: '$STRATA_KAFKA_PASSWORD is not set.' });
  }
  return {
    brokers,
    ...(ssl === false ? {} : { ssl }),
    sasl: {
      mechanism: oneOf(mechanism, 'sasl-mechanism', ['plain', 'scram-sha-256', 'scram-sha-512']),
      username: required(values['sasl-username'], 'sasl-username'),
      password,
    },
  };
}
