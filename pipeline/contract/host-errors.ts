/** What is told about queries, jobs and the host that answers; part of the table in `errors.ts`. */
export const hostErrors = {
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
} as const;
