/** What is told about files, Kafka and kept passwords; part of the table in `errors.ts`. */
export const sourceErrors = {
  FILE_NOT_FOUND: {
    message: 'There is no file {path}.',
    retry: false,
    exit: 1,
    next: 'Check the path; a relative one starts at the folder the command runs in.',
  },
  FILE_UNREADABLE: {
    message: 'The file {path} cannot be read: {problem}',
    retry: false,
    exit: 1,
    next: 'Open the file with another program to see whether it is whole; nothing of it was kept.',
  },
  FILE_UNWRITABLE: {
    message: 'The file {path} cannot be written: {problem}',
    retry: false,
    exit: 1,
    next: 'Choose another place, in a folder that exists; nothing was left there.',
  },
  FILE_FORMAT: {
    message: 'The format of {path} was not recognised: {problem}',
    retry: false,
    exit: 2,
    next: 'Say what it is with --format csv, ndjson, json or parquet.',
  },
  FILE_FIELDS: {
    message:
      'The file {path} lacks what the mapping "{mapping}" needs: {missing}. It has: {found}.',
    retry: false,
    exit: 2,
    next: 'Choose another preset, or make a mapping for these fields; nothing of the file was kept.',
  },
  KAFKA_UNREACHABLE: {
    message: 'No Kafka broker answers at {brokers}: {problem}',
    retry: true,
    exit: 1,
    next: 'Check the address and that the broker runs; "strata doctor --brokers" tries the connection alone.',
  },
  KAFKA_REFUSED: {
    message: 'The Kafka broker at {brokers} refused: {problem}',
    retry: false,
    exit: 1,
    next: 'Check user, password, certificate and the rights on the topic.',
  },
  KAFKA_CA_INVALID: {
    message: 'The certificate authority for Kafka cannot be used: {problem}',
    retry: false,
    exit: 2,
    next: 'Give the certificate of the authority in PEM, without a key; a PKCS #12 or JKS store has to be exported first.',
  },
  KAFKA_TOPIC_NOT_FOUND: {
    message: 'The topic "{topic}" does not exist on {brokers}.',
    retry: false,
    exit: 1,
    next: 'Check the name; topics there: {topics}.',
  },
  KAFKA_OFFSETS_LOST: {
    message:
      'Partition {partition} of "{topic}" should go on at offset {stored}, but the broker holds {low} to {high}.',
    retry: false,
    exit: 1,
    next: 'Records expired or the topic was made anew. Read on with --from earliest; what landed stays.',
  },
  KAFKA_FAILED: {
    message: 'Kafka failed while working on "{topic}": {problem}',
    retry: true,
    exit: 1,
    next: 'Run the same command again: it goes on at the stored offsets.',
  },
  KEYCHAIN_MISSING: {
    message: 'There is no keychain here that could keep a password: {problem}',
    retry: false,
    exit: 1,
    next: 'Type the password for each ingest, or set $STRATA_KAFKA_PASSWORD for the command line.',
  },
  KEYCHAIN_FAILED: {
    message: 'The keychain, or what is kept with it, could not be used: {problem}',
    retry: true,
    exit: 1,
    next: 'Unlock the keychain and try again, or type the password for each ingest.',
  },
  SECRET_UNKNOWN: {
    message: 'No password is kept for {name}.',
    retry: false,
    exit: 1,
    next: 'Type it again; it may have been forgotten in another window.',
  },
  SECRET_UNREADABLE: {
    message: 'The password kept for {name} can no longer be decrypted.',
    retry: false,
    exit: 1,
    next: 'Type it again and keep it anew: what was kept is lost with another user or a keychain that was reset.',
  },
} as const;
