/* oxlint-disable typescript/unbound-method, unicorn/consistent-function-scoping -- prototypes are what is filled in here */
// What the page uses and Chromium 83 lacks: for the desktop tests on an Electron 9 only, never in the shipped build.
import 'core-js/stable';

if (typeof crypto.randomUUID !== 'function') {
  crypto.randomUUID = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
}

AbortSignal.timeout ??= (milliseconds) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
};
AbortSignal.any ??= (signals) => {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort();
    else signal.addEventListener('abort', () => controller.abort(), { once: true });
  }
  return controller.signal;
};
AbortSignal.prototype.throwIfAborted ??= function throwIfAborted(this: AbortSignal) {
  if (this.aborted) throw new DOMException('This was aborted.', 'AbortError');
};

for (const { prototype } of [Element, Document, DocumentFragment]) {
  prototype.replaceChildren ??= function replaceChildren(
    this: ParentNode & Node,
    ...children: (Node | string)[]
  ) {
    while (this.lastChild !== null) this.lastChild.remove();
    this.append(...children);
  };
}

// Plotly adds a rule for :focus-visible, which is an error to this Chromium.
const { insertRule } = CSSStyleSheet.prototype;
CSSStyleSheet.prototype.insertRule = function insertTolerantly(rule, index) {
  try {
    return insertRule.call(this, rule, index);
  } catch {
    return insertRule.call(this, ':not(*){}', index);
  }
};
