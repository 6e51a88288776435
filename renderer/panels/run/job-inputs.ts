import type { JobInput, KafkaFrom } from '../../../pipeline/contract/schemas.ts';
import type { Authority } from './authority-state.ts';
import { type KeptSecret, type PasswordState, signIn, type SignInFields } from './sign-in-state.ts';

export interface KafkaFields {
  readonly brokers: string;
  readonly topic: string;
  readonly preset: string;
  readonly from: 'earliest' | 'latest' | 'timestamp' | 'offset';
  /** From a field without a zone, read as UTC. */
  readonly timestamp: string;
  readonly offset: number | null;
  readonly ssl: boolean;
  /** PEM of a private certificate authority, as it was typed. */
  readonly authority: string;
  readonly signIn: SignInFields;
}

export interface KafkaPlan {
  readonly keep: KeptSecret | null;
  readonly job: JobInput;
}

export function brokerList(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '');
}

function kafkaFrom(fields: KafkaFields): KafkaFrom | null {
  switch (fields.from) {
    case 'earliest':
    case 'latest':
      return fields.from;
    case 'offset':
      return fields.offset === null ? null : { offset: fields.offset };
    case 'timestamp': {
      const time = new Date(`${fields.timestamp}Z`);
      return Number.isNaN(time.getTime()) ? null : { timestamp: time.toISOString() };
    }
  }
}

interface Found {
  readonly password: PasswordState;
  readonly authority: Authority;
}

/** What the fields ask for, or null while one of them is missing. */
export function kafkaPlan(fields: KafkaFields, { password, authority }: Found): KafkaPlan | null {
  const brokers = brokerList(fields.brokers);
  const topic = fields.topic.trim();
  const from = kafkaFrom(fields);
  const login = signIn(fields.signIn, password);
  if (brokers.length === 0 || topic === '' || fields.preset === '') return null;
  if (from === null || login === null) return null;
  if (authority.kind === 'bad' || authority.kind === 'reading') return null;
  const { preset, ssl } = fields;
  const { keep, sasl } = login;
  const job: JobInput = {
    kind: 'ingest-kafka',
    brokers,
    topic,
    preset,
    from,
    ssl,
    ...(authority.kind === 'private' ? { ca: authority.pem } : {}),
    ...(sasl === null ? {} : { sasl }),
  };
  return { keep, job };
}
