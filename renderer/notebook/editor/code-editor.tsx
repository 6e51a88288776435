import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { KeyBinding, KeyCommand } from '../keys/key-presets.ts';
import { editorKeys } from './editor-keys.ts';
import { editorTheme } from './editor-theme.ts';
import { languageSupport, type Schema, type SourceLanguage } from './languages.ts';
import classes from './source.module.css';

interface CodeEditorProps {
  readonly value: string;
  readonly language: SourceLanguage;
  readonly schema: Schema;
  readonly label: string;
  readonly hint: string;
  readonly numbered: boolean;
  readonly bindings: readonly KeyBinding[];
  readonly onChange: (value: string) => void;
  readonly onCommand: (command: KeyCommand, at: number) => void;
}

/** A text that came from elsewhere, such as an undo of the whole notebook. */
const given = Annotation.define<true>();

function onOwnChange(change: (text: string) => void): Extension {
  return EditorView.updateListener.of((update) => {
    const own = !update.transactions.some((transaction) => transaction.annotation(given) === true);
    if (update.docChanged && own) change(update.state.doc.toString());
  });
}

const fixedExtensions: Extension = [
  history(),
  drawSelection(),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ icons: false }),
  EditorView.lineWrapping,
  EditorState.tabSize.of(2),
  syntaxHighlighting(classHighlighter),
  editorTheme,
  keymap.of([
    ...closeBracketsKeymap,
    ...searchKeymap,
    ...historyKeymap,
    indentWithTab,
    ...defaultKeymap,
  ]),
];

/** The one editor of the page, for the cell that is being edited. */
export function CodeEditor(props: CodeEditorProps) {
  const { value, language, schema, label, hint, numbered, bindings } = props;
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const support = useRef(new Compartment());
  const gutter = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const parent = element.current;
    if (parent === null) return undefined;
    const start = latest.current;
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: start.value,
        selection: { anchor: start.value.length },
        extensions: [
          editorKeys(bindings, (command, at) => latest.current.onCommand(command, at)),
          fixedExtensions,
          placeholder(hint),
          EditorView.contentAttributes.of({
            'aria-label': label,
            // Prose is spelt; code is not.
            spellcheck: String(language === 'markdown'),
          }),
          gutter.current.of(start.numbered ? lineNumbers() : []),
          support.current.of(languageSupport(language, start.schema)),
          onOwnChange((text) => latest.current.onChange(text)),
        ],
      }),
    });
    view.current = editor;
    editor.focus();
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [bindings, hint, label, language]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: given.of(true),
    });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: gutter.current.reconfigure(numbered ? lineNumbers() : []) });
  }, [numbered]);

  const known = JSON.stringify(schema);
  useEffect(() => {
    view.current?.dispatch({
      effects: support.current.reconfigure(languageSupport(language, JSON.parse(known) as Schema)),
    });
  }, [known, language]);

  return <div ref={element} className={classes['editor']} data-testid="code-editor" />;
}
