/** What is told about notebooks, their cells and their scripts; part of the table in `errors.ts`. */
export const notebookErrors = {
  NOTEBOOK_INVALID: {
    message: 'The notebook cannot be read: {problem}',
    retry: false,
    exit: 1,
    next: 'Take an older copy of the file, or mend it in a text editor; Strata changed nothing in it.',
  },
  NOTEBOOK_TOO_NEW: {
    message: 'The notebook is written in nbformat {version}; Strata reads nbformat 4.',
    retry: false,
    exit: 1,
    next: 'Save it from Jupyter as nbformat 4, or update Strata.',
  },
  NOTEBOOK_TOO_OLD: {
    message: 'The notebook is written in nbformat {version}; Strata reads nbformat 4.',
    retry: false,
    exit: 1,
    next: 'Bring it up to date with "jupyter nbconvert --to notebook --nbformat 4 FILE", then open the result.',
  },
  NOTEBOOK_PATH: {
    message: '"{path}" is no place for a notebook: {problem}.',
    retry: false,
    exit: 2,
    next: "Name a file that ends in .ipynb within the workspace's notebooks folder.",
  },
  NOTEBOOK_NOT_OPEN: {
    message: 'The notebook is not open here any more.',
    retry: false,
    exit: 1,
    next: 'Open it again from the list; what was saved is there.',
  },
  NOTEBOOK_UNTRUSTED: {
    message: 'Nothing of this notebook runs until you trust it.',
    retry: false,
    exit: 1,
    next: 'Read its cells first, then press "Trust and run".',
  },
  NOTEBOOK_CONFLICT: {
    message: 'The file {path} was changed by another program while there are changes here.',
    retry: false,
    exit: 1,
    next: 'Choose which one to keep, or keep both under two names; nothing is lost until then.',
  },
  NOTEBOOK_TOO_LARGE: {
    message: 'The notebook is {size} MB, and Strata reads at most {limit} MB.',
    retry: false,
    exit: 1,
    next: 'Clear its outputs in Jupyter, save it, and open it again.',
  },
  CELL_INVALID: {
    message: 'The cell cannot be used: {problem}',
    retry: false,
    exit: 1,
    next: 'Correct the cell as the sentence says; the other cells are untouched.',
  },
  CELL_UNKNOWN: {
    message: 'The notebook has no cell "{cell}".',
    retry: false,
    exit: 1,
    next: 'Reload the page; the notebook may have been changed somewhere else.',
  },
  CELL_NEEDS: {
    message: 'The cell waits for {what}.',
    retry: false,
    exit: 1,
    next: 'Mend the cell that it waits for; this one runs after it.',
  },
  NOTEBOOK_UNTRUSTED: {
    message: 'Nothing of this notebook runs until you trust it.',
    retry: false,
    exit: 1,
    next: 'Read its cells, then choose "Trust this notebook".',
  },
} as const;
