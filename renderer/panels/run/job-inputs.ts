import type { JobInput, KafkaFrom } from '../../../pipeline/contract/schemas.ts';

export interface KafkaFields {
  readonly brokers: string;
  readonly topic: string;
  readonly preset: string;
  readonly from: 'earliest' | 'latest' | 'timestamp' | 'offset';
  /** From a field without a zone, read as UTC. */
  readonly timestamp: string;
  readonly offset: number | null;
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

/** The job that the fields ask for, or null while one of them is missing. */
export function kafkaJob(fields: KafkaFields): JobInput | null {
  const brokers = brokerList(fields.brokers);
  const topic = fields.topic.trim();
  const from = kafkaFrom(fields);
  if (brokers.length === 0 || topic === '' || fields.preset === '' || from === null) return null;
  return { kind: 'ingest-kafka', brokers, topic, preset: fields.preset, from };
}
