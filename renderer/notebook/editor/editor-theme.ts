import { EditorView } from '@codemirror/view';

/** What CodeMirror draws beside the text, in the page's own colours, which follow light and dark by themselves. */
export const editorTheme = EditorView.theme({
  '&.cm-focused': { outline: 'none' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { background: 'rgba(34, 169, 153, 0.26)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    background: 'transparent',
    outline: '1px solid var(--line-strong)',
  },
  '.cm-tooltip': {
    background: 'var(--card)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', fontSize: '12.5px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--accent)',
    color: 'var(--card)',
  },
  '.cm-panels': { background: 'var(--inset)', color: 'var(--ink)' },
  '.cm-searchMatch': { background: 'var(--warn-back)', outline: '1px solid var(--warn-line)' },
});
