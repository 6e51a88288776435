import { notebookErrors } from './notebook-errors.ts';

/** What a code means to the person who meets it: the sentence, whether trying again helps, the exit code, the next step. */
interface ErrorEntry {
  readonly message: string;
  readonly retry: boolean;
  readonly exit: 1 | 2 | 130;
  readonly next: string;
}

/** Every error Strata raises on purpose. `{name}` in a sentence is filled from the error's details. */
export const errorTable = {
  BAD_USAGE: {
    message: '{problem}',
    retry: false,
    exit: 2,
    next: 'Run the command with --help to see what it takes.',
  },
  CONFIG_INVALID: {
    message: 'The configuration {path} cannot be used: {problem}',
    retry: false,
    exit: 2,
    next: 'Correct the file by hand, or move it away to start with defaults; the data is untouched.',
  },
  MAPPING_INVALID: {
    message: 'The mapping "{mapping}" cannot be used: {problem}',
    retry: false,
    exit: 2,
    next: 'Compare it with the mappings listed by "strata doctor" and docs/reference/mappings.md.',
  },
  PRESET_UNKNOWN: {
    message: 'There is no preset or mapping called "{preset}"; known are {known}.',
    retry: false,
    exit: 2,
    next: 'Choose one of these, or add mappings/{preset}.json to the workspace.',
  },
  EXPRESSION_INVALID: {
    message: 'The expression "{expression}" cannot be read: {problem}',
    retry: false,
    exit: 2,
    next: "Use field names, numbers, 'text', + - * /, comparisons, and the functions in docs/reference/mappings.md.",
  },
  WORKSPACE_NOT_FOUND: {
    message: 'There is no workspace at {path}.',
    retry: false,
    exit: 1,
    next: 'Run "strata demo" or "strata ingest" with the same --workspace to make one.',
  },
  WORKSPACE_LOCKED: {
    message: 'The workspace {path} is in use by another Strata{holder}.',
    retry: true,
    exit: 1,
    next: 'Close the other one, or work there; a workspace has one writer at a time.',
  },
  WORKSPACE_DAMAGED: {
    message: 'The warehouse {path} cannot be opened: {problem}',
    retry: false,
    exit: 1,
    next: 'Restore it from a copy, or ingest the sources again into a new workspace.',
  },
  WORKSPACE_TOO_NEW: {
    message:
      'The workspace {path} was made by a newer Strata (layout {found}, this one knows {known}).',
    retry: false,
    exit: 1,
    next: 'Update this Strata, then open the workspace again.',
  },
  WORKSPACE_TOO_OLD: {
    message:
      'The workspace {path} was made by an older Strata (layout {found}, this one knows {known}).',
    retry: false,
    exit: 1,
    next: 'Make a new workspace and ingest the sources again; this one is left as it is.',
  },
  SNAPSHOT_BUSY: {
    message: 'The warehouse could not be copied for SQL: it is still being read and written.',
    retry: true,
    exit: 1,
    next: 'Try again when the charts have loaded and the job has ended.',
  },
  DISK_FULL: {
    message: 'The disk that holds {path} is full; what was being written has been rolled back.',
    retry: true,
    exit: 1,
    next: 'Free some space and run the same command again: it goes on where it stopped.',
  },
  PERMISSION_DENIED: {
    message: '{path} cannot be used: permission was denied.',
    retry: false,
    exit: 1,
    next: 'Give your user access to it, or choose another place.',
  },
  MEMORY_LIMIT: {
    message: 'The work did not fit into the memory limit of {limit}, even with spilling to disk.',
    retry: false,
    exit: 1,
    next: 'Raise engine.memoryLimit in strata.json, or close other programs.',
  },
  HOST_CRASHED: {
    message: "The workspace's process went down {times} times within a minute.",
    retry: true,
    exit: 1,
    next: 'Open the workspace again; if it happens again, "strata doctor" says what works here. Nothing that was committed is lost.',
  },
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
  CHECK_FAILED: {
    message: 'The check "{check}" on {model} found {rows} bad rows, for example {example}.',
    retry: false,
    exit: 1,
    next: 'The previous state was kept. Look at the rows with "strata query", then correct the source or the model.',
  },
  MODEL_SQL_INVALID: {
    message: 'The SQL model {model} cannot be used: {problem}',
    retry: false,
    exit: 2,
    next: 'Correct the file; pipeline/models has examples.',
  },
  NO_CUSTOMERS: {
    message: 'There are no customers with a purchase yet.',
    retry: false,
    exit: 1,
    next: 'Ingest transactions first: "strata ingest file PATH --preset P", or "strata demo".',
  },
  TOO_FEW_CUSTOMERS: {
    message: '{k} segments need at least {k} different customers, but there are {distinct}.',
    retry: false,
    exit: 1,
    next: 'Choose a smaller k, or ingest more customers.',
  },
  FEATURE_UNKNOWN: {
    message: 'There is no feature "{feature}"; known are {known}.',
    retry: false,
    exit: 2,
    next: 'Choose from these.',
  },
  FEATURE_UNUSABLE: {
    message: 'The feature "{feature}" cannot be used: {problem}',
    retry: false,
    exit: 1,
    next: 'Choose what stands in for its missing values (its missing rule), another transform or scaling, or leave it out.',
  },
  NO_SEGMENT_MODEL: {
    message: 'No segmentation model has been trained in this workspace.',
    retry: false,
    exit: 1,
    next: 'Run "strata segment train --k 4" or "strata run".',
  },
  MODEL_UNKNOWN: {
    message: 'There is no segmentation model {version}; trained are {known}.',
    retry: false,
    exit: 2,
    next: 'Choose one of these: "strata segment models" lists them.',
  },
  MODEL_FEATURE_GONE: {
    message: 'Model {version} needs the feature "{feature}", which is not there.',
    retry: false,
    exit: 1,
    next: 'Train anew on features that are there: "strata features list" names them.',
  },
  SEGMENT_UNKNOWN: {
    message: 'There is no segment {segment}; known are {known}.',
    retry: false,
    exit: 2,
    next: 'Choose one of these.',
  },
  SEGMENT_NAME_TAKEN: {
    message: 'Segment {segment} is called "{name}" already.',
    retry: false,
    exit: 2,
    next: 'Choose another name, or rename that one first.',
  },
  TIER_INVALID: {
    message: 'The tier "{tier}" cannot be used: {problem}',
    retry: false,
    exit: 2,
    next: 'Write a condition on features such as "monetary > 1000 and frequency > 20", in "tiers" of strata.json or after --rule.',
  },
  RECIPE_UNKNOWN: {
    message: 'There is no recipe called "{recipe}"; kept are {known}.',
    retry: false,
    exit: 2,
    next: 'Choose one of these, or save one with "strata features save NAME".',
  },
  RECIPE_UNREADABLE: {
    message: 'The recipe "{recipe}" cannot be used as it was kept: {problem}',
    retry: false,
    exit: 1,
    next: 'Save it anew under its name, or remove it with "strata features remove NAME".',
  },
  SWEEP_UNKNOWN: {
    message: 'The sweep {sweep} is not held by this host any more.',
    retry: false,
    exit: 1,
    next: 'Run the sweep again; only the latest one is held.',
  },
  CLV_REFUSED: {
    message: 'These data give no predicted CLV: {problem}',
    retry: false,
    exit: 1,
    next: 'Historical CLV (money to date) stands in gold.customer_profiles; try again when more customers have come back.',
  },
  NO_CLV_MODEL: {
    message: 'Predicted CLV has not been fitted in this workspace.',
    retry: false,
    exit: 1,
    next: 'Run "strata clv fit".',
  },
  KPI_UNDEFINED: {
    message: 'The KPI {kpi} has no value on {day}: {problem}',
    retry: false,
    exit: 1,
    next: 'Choose days between the first and the last purchase.',
  },
  CUSTOMER_UNKNOWN: {
    message: 'There is no customer "{customer}" with a purchase.',
    retry: false,
    exit: 1,
    next: 'List customers with: strata query "select customer_id from features.customer_features limit 20".',
  },
  SQL_INVALID: {
    message: 'The SQL cannot be run: {problem}',
    retry: false,
    exit: 1,
    next: 'Correct the statement; "show all tables" lists what there is.',
  },
  SQL_FORBIDDEN: {
    message: 'This SQL is not allowed here: {problem}',
    retry: false,
    exit: 1,
    next: 'Read anything. Outside of notebooks you may write to a schema of your own, made with "create schema NAME".',
  },
  SQL_SPILL_LIMIT: {
    message: 'The query was stopped: it needed more than {limit} of the disk beside its memory.',
    retry: false,
    exit: 1,
    next: 'Let it read fewer rows and columns, or group before it joins and sorts; the bound is four times engine.memoryLimit in strata.json, or 4 GB.',
  },
  SQL_PROCESS_DIED: {
    message: 'The process that ran the SQL ended unexpectedly{problem}; the workspace is unharmed.',
    retry: true,
    exit: 1,
    next: 'Run it again, smaller: add a limit, or fewer columns.',
  },
  ENGINE_NOT_STARTED: {
    message: 'The SQL engine could not be started here: {problem}',
    retry: true,
    exit: 1,
    next: 'Reload the page in a current browser; WebAssembly and workers must be allowed there.',
  },
  CANCELLED: {
    message: '{what} was cancelled; what had not been committed was rolled back.',
    retry: true,
    exit: 1,
    next: 'Start it again when you like: it goes on where it stopped.',
  },
  TABLE_UNKNOWN: {
    message: 'There is no table "{table}".',
    retry: false,
    exit: 2,
    next: 'Choose one of the tables that the workspace status lists.',
  },
  JOB_UNKNOWN: {
    message: 'There is no job "{job}".',
    retry: false,
    exit: 1,
    next: 'It may have ended before the host was started anew; list the jobs.',
  },
  JOB_CONFLICT: {
    message: 'Another job ("{running}") is writing to this workspace.',
    retry: true,
    exit: 1,
    next: 'Wait until it ends, or cancel it.',
  },
  PORT_IN_USE: {
    message: 'Port {port} on this machine is taken by another program.',
    retry: false,
    exit: 1,
    next: 'Choose another with --port, or leave it out to take a free one.',
  },
  UNAUTHORISED: {
    message: 'This page has no valid token for the host.',
    retry: false,
    exit: 1,
    next: 'Open the address that the terminal printed; a restarted host has a new one.',
  },
  HOST_LOST: {
    message: 'The connection to the host of this page was lost.',
    retry: true,
    exit: 1,
    next: 'The page tries again by itself. If the terminal shows that Strata ended, start it again.',
  },
  UPLOAD_FAILED: {
    message: 'The file {name} could not be sent into the workspace: {problem}',
    retry: true,
    exit: 1,
    next: 'Try again, or type the path of the file on this machine instead.',
  },
  ORIGIN_REFUSED: {
    message: 'This request did not come from the page of this host: {problem}',
    retry: false,
    exit: 1,
    next: 'Open the address that the terminal printed, in a browser on this machine.',
  },
  REQUEST_INVALID: {
    message: 'The host cannot answer this request: {problem}',
    retry: false,
    exit: 1,
    next: 'Reload the page; if it happens again, please report it with the text above.',
  },
  ...notebookErrors,
  INTERNAL: {
    message: 'Strata met a fault of its own: {problem}',
    retry: false,
    exit: 1,
    next: 'Please report it with the text above; data that was committed is safe.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** What crosses a wire, and what `--json` prints. */
export interface ErrorMessage {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

function fill(sentence: string, details: ErrorDetails): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
}

/** An error with a code from the table. Anything else that is thrown is a fault of Strata's own. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(fill(errorTable[code].message, details), options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  get next(): string {
    return fill(errorTable[this.code].next, this.details);
  }

  get exit(): 1 | 2 | 130 {
    return errorTable[this.code].exit;
  }

  toJSON(): ErrorMessage {
    return { code: this.code, message: this.message, details: this.details };
  }
}

/** Gives every thrown value a code, so that no transport and no terminal shows a bare stack. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const problem = error instanceof Error ? error.message : String(error);
  return new AppError('INTERNAL', { problem }, { cause: error });
}
