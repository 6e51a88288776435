import { authorityKey } from '../../contract/certificate-authority.ts';
import type { JobInput } from '../../contract/schemas.ts';
import { kafkaSecretName } from '../../contract/kafka-secret-name.ts';
import type { KafkaConnectionOptions } from '../../sources/kafka/topic-reader.ts';
import { trustedAuthority } from '../../sources/kafka/trusted-authority.ts';
import { orCancelled } from '../or-cancelled.ts';
import type { SecretStore } from '../secret-store.ts';

type KafkaInput = Extract<JobInput, { kind: 'ingest-kafka' }>;

const authorityOf = async (ca: string | undefined): Promise<string | undefined> =>
  ca === undefined
    ? undefined
    : authorityKey(trustedAuthority(ca).map(({ raw }) => new Uint8Array(raw)));

/**
 * How a job reaches its brokers. A kept password is looked up now, for these brokers and this user; looking it up may
 * wait for somebody at a prompt, so it ends with the signal.
 */
export async function kafkaLogin(
  { brokers, ssl: isEncrypted, ca, sasl }: Pick<KafkaInput, 'brokers' | 'ssl' | 'ca' | 'sasl'>,
  secrets: Pick<SecretStore, 'reveal'>,
  signal?: AbortSignal,
): Promise<KafkaConnectionOptions> {
  const ssl = ca === undefined ? isEncrypted : { ca };
  if (sasl === undefined) return { brokers, ssl };
  const { mechanism, username, password } = sasl;
  const kept = async (): Promise<string> => {
    const authority = await authorityOf(ca);
    const login = { brokers, username, mechanism, ssl: ssl !== false, authority };
    return secrets.reveal(kafkaSecretName(login));
  };
  const value =
    password.kind === 'typed' ? password.value : await orCancelled(kept(), 'The ingest', signal);
  return { brokers, ssl, sasl: { mechanism, username, password: value } };
}
