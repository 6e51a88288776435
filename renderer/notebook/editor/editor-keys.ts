import { completionStatus } from '@codemirror/autocomplete';
import { Prec, type Extension } from '@codemirror/state';
import { keymap, type EditorView, type KeyBinding as EditorBinding } from '@codemirror/view';
import type { KeyBinding, KeyCommand } from '../keys/key-presets.ts';

type Act = (command: KeyCommand, at: number) => void;

/** As CodeMirror spells it: `Shift+Enter` is `Shift-Enter`. */
function editorKey(key: string): string {
  return key.split('+').join('-');
}

function binding(command: KeyCommand, key: string, act: Act): EditorBinding {
  return {
    key: editorKey(key),
    preventDefault: true,
    run: (view) => {
      // A list of completions is closed first; one that is only being looked for must not swallow the key.
      if (command === 'command' && completionStatus(view.state) === 'active') return false;
      act(command, view.state.selection.main.head);
      return true;
    },
  };
}

/** From the first line up and from the last line down leads to the next cell. */
function atEdge(view: EditorView, by: -1 | 1): boolean {
  const { main } = view.state.selection;
  if (!main.empty || completionStatus(view.state) !== null) return false;
  return by === -1 ? main.head === 0 : main.head === view.state.doc.length;
}

/** The keys of the notebook that act while an editor has the cursor. */
export function editorKeys(bindings: readonly KeyBinding[], act: Act): Extension {
  const inEditor = bindings.filter(({ mode }) => mode !== 'command');
  const strong = inEditor.flatMap(({ command, keys }) =>
    keys.map((key) => binding(command, key, act)),
  );
  const edge = (key: string, by: -1 | 1, command: KeyCommand): EditorBinding => ({
    key,
    run: (view) => {
      if (!atEdge(view, by)) return false;
      act(command, 0);
      return true;
    },
  });
  const edges = [edge('ArrowUp', -1, 'up'), edge('ArrowDown', 1, 'down')];
  return [Prec.highest(keymap.of(strong)), keymap.of(edges)];
}
