import { useEffect, useRef, type RefObject } from 'react';
import type { KeyBinding, KeyCommand } from './key-presets.ts';
import { meetKey, strokeName } from './key-stroke.ts';

interface KeysProps {
  readonly root: RefObject<HTMLElement | null>;
  readonly bindings: readonly KeyBinding[];
  readonly command: (command: KeyCommand) => void;
}

/** The second key of two comes within this many milliseconds. */
const together = 900;

const pressed = 'button, a[href], summary, [role="button"], [role="menuitem"]';
const typed =
  'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="slider"]';

/** What a field leaves to the notebook. */
const fromFields = new Set<KeyCommand>([
  'command',
  'run',
  'run-next',
  'run-insert',
  'save',
  'find',
  'find-next',
  'find-previous',
]);

function copiesText(command: KeyCommand): boolean {
  return (command === 'copy' || command === 'cut') && String(getSelection() ?? '') !== '';
}

/** Where a key landed: nowhere in particular or on a cell, in a field, in the editor that has keys of its own, or elsewhere. */
function placeOf(target: EventTarget | null, root: HTMLElement): 'cells' | 'field' | 'elsewhere' {
  if (!(target instanceof Element)) return 'elsewhere';
  if (target !== document.body && !root.contains(target)) return 'elsewhere';
  if (target.closest('.cm-editor, [data-own-keys]') !== null) return 'elsewhere';
  return target.closest(typed) === null ? 'cells' : 'field';
}

/** The keys of the notebook, for as long as it is shown. What is typed into a field stays there. */
export function useKeys({ root, bindings, command }: KeysProps): void {
  const begun = useRef({ keys: '', at: 0 });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const element = root.current;
      if (element === null || event.defaultPrevented || event.isComposing) return;
      const place = placeOf(event.target, element);
      if (place === 'elsewhere') return;
      const onButton = event.target instanceof Element && event.target.closest(pressed) !== null;
      if (onButton && (event.key === 'Enter' || event.key === ' ')) return;
      const waited = performance.now() - begun.current.at;
      const met = meetKey(bindings, {
        mode: place === 'field' ? 'edit' : 'command',
        begun: waited < together ? begun.current.keys : '',
        stroke: strokeName(event),
      });
      begun.current = { keys: met.kind === 'begun' ? met.keys : '', at: performance.now() };
      if (met.kind === 'none') return;
      if (met.kind === 'command') {
        if (copiesText(met.command)) return;
        if (place === 'field' && !fromFields.has(met.command)) return;
        if (place === 'field' && event.target instanceof HTMLElement) event.target.blur();
        command(met.command);
      }
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [root, bindings, command]);
}
