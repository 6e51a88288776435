/** What is told about commands, configuration, the workspace and the machine; part of the table in `errors.ts`. */
export const workspaceErrors = {
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
} as const;
