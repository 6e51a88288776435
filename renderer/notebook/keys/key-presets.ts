/** What keys can do to a notebook. */
export type KeyCommand =
  | 'edit'
  | 'command'
  | 'run'
  | 'run-next'
  | 'run-insert'
  | 'run-all'
  | 'interrupt'
  | 'insert-above'
  | 'insert-below'
  | 'delete'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste-below'
  | 'paste-above'
  | 'merge'
  | 'split'
  | 'to-markdown'
  | 'to-code'
  | 'to-raw'
  | 'up'
  | 'down'
  | 'extend-up'
  | 'extend-down'
  | 'select-all'
  | 'move-up'
  | 'move-down'
  | 'first'
  | 'last'
  | 'fold-outputs'
  | 'fold-source'
  | 'find'
  | 'find-next'
  | 'find-previous'
  | 'lines'
  | 'all-lines'
  | 'pin'
  | 'save'
  | 'help';

/** `command` acts on cells, `edit` also from within a field or an editor. */
export type KeyMode = 'command' | 'edit' | 'both';

export interface KeyBinding {
  readonly command: KeyCommand;
  readonly mode: KeyMode;
  /** Each a way to it: keys one after the other, such as `d d`; `Mod` is Ctrl, and Cmd on a Mac. */
  readonly keys: readonly string[];
}

export type PresetName = 'jupyter' | 'vscode';

export const keyWords: readonly {
  readonly group: string;
  readonly commands: readonly { readonly command: KeyCommand; readonly words: string }[];
}[] = [
  {
    group: 'Run',
    commands: [
      { command: 'run', words: 'Run the selected cells' },
      { command: 'run-next', words: 'Run and go to the next cell' },
      { command: 'run-insert', words: 'Run and add a cell below' },
      { command: 'run-all', words: 'Run all cells' },
      { command: 'interrupt', words: 'Stop what runs' },
    ],
  },
  {
    group: 'Go',
    commands: [
      { command: 'edit', words: 'Edit the cell' },
      { command: 'command', words: 'Stop editing' },
      { command: 'up', words: 'Cell above' },
      { command: 'down', words: 'Cell below' },
      { command: 'first', words: 'First cell' },
      { command: 'last', words: 'Last cell' },
      { command: 'extend-up', words: 'Select the cell above as well' },
      { command: 'extend-down', words: 'Select the cell below as well' },
      { command: 'select-all', words: 'Select all cells' },
      { command: 'find', words: 'Find and replace' },
      { command: 'find-next', words: 'Next match' },
      { command: 'find-previous', words: 'Match before' },
    ],
  },
  {
    group: 'Cells',
    commands: [
      { command: 'insert-above', words: 'Add a cell above' },
      { command: 'insert-below', words: 'Add a cell below' },
      { command: 'delete', words: 'Delete' },
      { command: 'cut', words: 'Cut' },
      { command: 'copy', words: 'Copy' },
      { command: 'paste-below', words: 'Paste below' },
      { command: 'paste-above', words: 'Paste above' },
      { command: 'move-up', words: 'Move up' },
      { command: 'move-down', words: 'Move down' },
      { command: 'merge', words: 'Merge the selected cells, or with the one below' },
      { command: 'split', words: 'Split at the cursor' },
      { command: 'undo', words: 'Undo' },
      { command: 'redo', words: 'Redo' },
    ],
  },
  {
    group: 'Show',
    commands: [
      { command: 'to-markdown', words: 'Make it text' },
      { command: 'to-code', words: 'Make it SQL' },
      { command: 'to-raw', words: 'Make it raw text' },
      { command: 'fold-outputs', words: 'Show or hide outputs' },
      { command: 'fold-source', words: 'Show or hide the source' },
      { command: 'lines', words: 'Line numbers of the cell' },
      { command: 'all-lines', words: 'Line numbers of all cells' },
      { command: 'pin', words: 'Pin or release results' },
      { command: 'save', words: 'Save now' },
      { command: 'help', words: 'These keys' },
    ],
  },
];

const shared: readonly KeyBinding[] = [
  { command: 'edit', mode: 'command', keys: ['Enter'] },
  { command: 'command', mode: 'edit', keys: ['Escape'] },
  { command: 'run', mode: 'both', keys: ['Mod+Enter'] },
  { command: 'run-next', mode: 'both', keys: ['Shift+Enter'] },
  { command: 'run-insert', mode: 'both', keys: ['Alt+Enter'] },
  { command: 'insert-above', mode: 'command', keys: ['a'] },
  { command: 'insert-below', mode: 'command', keys: ['b'] },
  { command: 'to-markdown', mode: 'command', keys: ['m'] },
  { command: 'to-code', mode: 'command', keys: ['y'] },
  { command: 'up', mode: 'command', keys: ['k', 'ArrowUp'] },
  { command: 'down', mode: 'command', keys: ['j', 'ArrowDown'] },
  { command: 'extend-up', mode: 'command', keys: ['Shift+K', 'Shift+ArrowUp'] },
  { command: 'extend-down', mode: 'command', keys: ['Shift+J', 'Shift+ArrowDown'] },
  { command: 'select-all', mode: 'command', keys: ['Mod+a'] },
  { command: 'split', mode: 'edit', keys: ['Ctrl+Shift+-'] },
  { command: 'fold-outputs', mode: 'command', keys: ['o'] },
  { command: 'find-next', mode: 'both', keys: ['F3', 'Mod+g'] },
  { command: 'find-previous', mode: 'both', keys: ['Shift+F3', 'Mod+Shift+G'] },
  { command: 'lines', mode: 'command', keys: ['l'] },
  { command: 'all-lines', mode: 'command', keys: ['Shift+L'] },
  { command: 'save', mode: 'both', keys: ['Mod+s'] },
  { command: 'help', mode: 'command', keys: ['h'] },
];

/** The keys of each preset, as data: what acts and what the help shows are one table. */
export const keyPresets: Readonly<Record<PresetName, readonly KeyBinding[]>> = {
  jupyter: [
    ...shared,
    { command: 'find', mode: 'command', keys: ['f'] },
    { command: 'find', mode: 'both', keys: ['Mod+f'] },
    { command: 'delete', mode: 'command', keys: ['d d'] },
    { command: 'undo', mode: 'command', keys: ['z', 'Mod+z'] },
    { command: 'redo', mode: 'command', keys: ['Shift+Z', 'Mod+Shift+Z'] },
    { command: 'cut', mode: 'command', keys: ['x'] },
    { command: 'copy', mode: 'command', keys: ['c'] },
    { command: 'paste-below', mode: 'command', keys: ['v'] },
    { command: 'paste-above', mode: 'command', keys: ['Shift+V'] },
    { command: 'merge', mode: 'command', keys: ['Shift+M'] },
    { command: 'to-raw', mode: 'command', keys: ['r'] },
    { command: 'interrupt', mode: 'command', keys: ['i i'] },
    { command: 'move-up', mode: 'command', keys: ['Mod+Shift+ArrowUp'] },
    { command: 'move-down', mode: 'command', keys: ['Mod+Shift+ArrowDown'] },
    { command: 'first', mode: 'command', keys: ['Mod+Home'] },
    { command: 'last', mode: 'command', keys: ['Mod+End'] },
    { command: 'fold-source', mode: 'command', keys: ['Shift+O'] },
    { command: 'pin', mode: 'command', keys: ['p'] },
  ],
  vscode: [
    ...shared,
    { command: 'find', mode: 'both', keys: ['Mod+f'] },
    { command: 'delete', mode: 'command', keys: ['d d', 'Delete'] },
    { command: 'undo', mode: 'command', keys: ['Mod+z', 'z'] },
    { command: 'redo', mode: 'command', keys: ['Mod+Shift+Z', 'Mod+y'] },
    { command: 'cut', mode: 'command', keys: ['Mod+x', 'x'] },
    { command: 'copy', mode: 'command', keys: ['Mod+c', 'c'] },
    { command: 'paste-below', mode: 'command', keys: ['Mod+v', 'v'] },
    { command: 'paste-above', mode: 'command', keys: ['Shift+V'] },
    { command: 'merge', mode: 'command', keys: ['Alt+Shift+J'] },
    { command: 'interrupt', mode: 'command', keys: ['i i'] },
    { command: 'run-all', mode: 'command', keys: ['Mod+Alt+Enter'] },
    { command: 'move-up', mode: 'command', keys: ['Alt+ArrowUp'] },
    { command: 'move-down', mode: 'command', keys: ['Alt+ArrowDown'] },
    { command: 'first', mode: 'command', keys: ['Mod+Home'] },
    { command: 'last', mode: 'command', keys: ['Mod+End'] },
    { command: 'fold-source', mode: 'command', keys: ['Shift+O'] },
    { command: 'pin', mode: 'command', keys: ['p'] },
  ],
};

export const presetTitles: Readonly<Record<PresetName, string>> = {
  jupyter: 'Jupyter',
  vscode: 'VS Code',
};
