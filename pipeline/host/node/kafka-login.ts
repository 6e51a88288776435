import type { JobInput } from '../../contract/schemas.ts';
import { kafkaSecretName } from '../../contract/kafka-secret-name.ts';
import type { KafkaConnectionOptions } from '../../sources/kafka/topic-reader.ts';
import { orCancelled } from '../or-cancelled.ts';
import type { SecretStore } from '../secret-store.ts';

type KafkaInput = Extract<JobInput, { kind: 'ingest-kafka' }>;

/**
 * How a job reaches its brokers. A kept password is looked up now, for these brokers and this user; looking it up may
 * wait for somebody at a prompt, so it ends with the signal.
 */
export async function kafkaLogin(
  { brokers, ssl, sasl }: Pick<KafkaInput, 'brokers' | 'ssl' | 'sasl'>,
  secrets: Pick<SecretStore, 'reveal'>,
  signal?: AbortSignal,
): Promise<KafkaConnectionOptions> {
  if (sasl === undefined) return { brokers, ssl };
  const { mechanism, username, password } = sasl;
  const value =
    password.kind === 'typed'
      ? password.value
      : await orCancelled(
          secrets.reveal(kafkaSecretName({ brokers, username, ssl, mechanism })),
          'The ingest',
          signal,
        );
  return { brokers, ssl, sasl: { mechanism, username, password: value } };
}
