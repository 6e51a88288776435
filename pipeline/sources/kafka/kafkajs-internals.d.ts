// kafkajs publishes no types for the layers below its consumer. These are the parts of 2.2.4 that Strata uses.

declare module 'kafkajs/src/cluster/index.js' {
  interface ProtocolRequest {
    request: unknown;
    response: {
      decode(payload: Buffer): Promise<unknown>;
      parse(decoded: unknown): Promise<unknown>;
    };
    requestTimeout?: number;
  }

  interface RequestDefinition<Arguments> {
    versions: readonly string[];
    protocol(chosen: { version: number }): (values: Arguments) => ProtocolRequest;
  }

  export interface Broker {
    connectionPool: { send(request: ProtocolRequest): Promise<unknown> };
    lookupRequest<Arguments>(
      apiKey: number,
      definition: RequestDefinition<Arguments>,
    ): (values: Arguments) => ProtocolRequest;
    listOffsets(values: {
      isolationLevel: number;
      topics: { topic: string; partitions: { partition: number; timestamp: string }[] }[];
    }): Promise<{
      responses: { topic: string; partitions: { partition: number; offset: string }[] }[];
    }>;
    offsetCommit(values: {
      groupId: string;
      groupGenerationId: number;
      memberId: string;
      topics: { topic: string; partitions: { partition: number; offset: string }[] }[];
    }): Promise<unknown>;
  }

  export default class Cluster {
    constructor(options: Record<string, unknown>);
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    addTargetTopic(topic: string): Promise<void>;
    refreshMetadata(): Promise<void>;
    refreshMetadataIfNecessary(): Promise<void>;
    metadata(options: {
      topics: string[];
    }): Promise<{ clusterId: string | null; topicMetadata: { topic: string }[] }>;
    findTopicPartitionMetadata(topic: string): { partitionId: number; leader: number }[];
    findLeaderForPartitions(topic: string, partitions: number[]): Record<string, number[]>;
    findBroker(options: { nodeId: string }): Promise<Broker>;
    findGroupCoordinator(options: { groupId: string }): Promise<Broker>;
  }
}

declare module 'kafkajs/src/protocol/requests/fetch/index.js' {
  const definition: {
    protocol(chosen: { version: number }): (values: {
      isolationLevel: number;
      maxWaitTime: number;
      minBytes: number;
      maxBytes: number;
      topics: {
        topic: string;
        partitions: { partition: number; fetchOffset: string; maxBytes: number }[];
      }[];
    }) => { request: unknown; requestTimeout: number };
  };
  export default definition;
}

declare module 'kafkajs/src/protocol/error.js' {
  const errors: { createErrorFromCode(code: number): Error };
  export default errors;
}

declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    pending: unknown[];
    throttledUntil: number;
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
  }
}
