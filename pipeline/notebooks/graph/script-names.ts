import { parser } from '@lezer/javascript';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

const languages = {
  javascript: parser,
  typescript: parser.configure({ dialect: 'ts' }),
} as const;

/** What every script has: reading these reads no cell. */
const builtIn: ReadonlySet<string> = new Set(
  `Object Array Map Set WeakMap WeakSet WeakRef Date Math JSON Number String Boolean Symbol BigInt Function RegExp Promise
  Proxy Reflect Error TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError ArrayBuffer
  SharedArrayBuffer DataView Atomics Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
  Float32Array Float64Array BigInt64Array BigUint64Array Intl Iterator undefined NaN Infinity globalThis isNaN isFinite
  parseInt parseFloat encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape eval arguments
  console`.split(/\s+/),
);

/** Nodes that names declared within them do not leave; of these, `var` leaves all but functions and static blocks. */
const functions = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunction',
  'MethodDeclaration',
  'StaticBlock',
]);
const scopes = new Set([
  ...functions,
  'Block',
  'ForStatement',
  'CatchClause',
  'SwitchBody',
  'ClassDeclaration',
  'ClassExpression',
  'Property',
  'FunctionSignature',
  'MethodType',
]);

interface Scope {
  readonly parent: Scope | null;
  readonly isFunction: boolean;
  readonly names: Set<string>;
}

interface Use {
  readonly name: string;
  readonly scope: Scope;
}

/** `{a} = b` without a keyword sets names that are declared elsewhere: the pattern is no declaration. */
function isAssigned(node: SyntaxNode): boolean {
  let at = node.parent;
  while (at !== null && /^(?:ArrayPattern|ObjectPattern|PatternProperty)$/.test(at.name))
    at = at.parent;
  return at?.name === 'AssignmentExpression' || (at !== null && isBareFor(at));
}

/** `for ([a, b] of pairs)`, with no `const`, `let` or `var`. */
function isBareFor(at: SyntaxNode): boolean {
  if (at.name !== 'ForOfSpec' && at.name !== 'ForInSpec') return false;
  return ['const', 'let', 'var'].every((word) => at.getChild(word) === null);
}

/** The scope that a declaration's name belongs to. */
function homeOf(node: SyntaxNode, scope: Scope): Scope {
  const { parent } = node;
  // A function's and a class's own name is known outside of it, save those of expressions.
  if (parent?.name === 'FunctionDeclaration' || parent?.name === 'ClassDeclaration')
    return scope.parent ?? scope;
  let at = parent;
  while (at !== null && /Pattern|PatternProperty/.test(at.name)) at = at.parent;
  const isVar =
    (at?.name === 'VariableDeclaration' || /^For(?:Of|In)Spec$/.test(at?.name ?? '')) &&
    at?.getChild('var') !== null;
  let home = scope;
  if (isVar) while (!home.isFunction && home.parent !== null) home = home.parent;
  return home;
}

/** Names in import and export lists that belong to the other module. */
function isForeignName(node: SyntaxNode): boolean {
  if (node.parent?.name === 'ImportGroup') return true;
  if (node.parent?.name !== 'ExportGroup') return false;
  return node.prevSibling?.name === 'as';
}

/** `{a}` is short for `{a: a}`; `{a: 1}` and `{a() {}}` read nothing by that name. */
const isShorthand = (node: SyntaxNode): boolean =>
  node.parent?.name === 'Property' && node.nextSibling === null && node.prevSibling === null;

function isDeclared(name: string, scope: Scope): boolean {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.names.has(name)) return true;
  }
  return false;
}

/**
 * Names that a script reads or sets and does not declare itself, as they are written, each once, without what every
 * script has: the tables and inputs that it takes from other cells. A script with faults gives what can be seen.
 */
export function scriptNames(
  code: string,
  language: keyof typeof languages = 'javascript',
): string[] {
  const uses: Use[] = [];
  let scope: Scope = { parent: null, isFunction: true, names: new Set() };
  const take = (ref: Pick<SyntaxNode, 'name' | 'from' | 'to' | 'node'>): void => {
    const name = code.slice(ref.from, ref.to);
    if (ref.name === 'VariableName') {
      if (!isForeignName(ref.node)) uses.push({ name, scope });
    } else if (ref.name === 'VariableDefinition') {
      if (isAssigned(ref.node)) uses.push({ name, scope });
      else homeOf(ref.node, scope).names.add(name);
    } else if (ref.name === 'TypeDefinition' && ref.node.parent?.name === 'EnumDeclaration') {
      scope.names.add(name);
    } else if (ref.name === 'PropertyDefinition' && isShorthand(ref.node)) {
      uses.push({ name, scope });
    }
  };
  languages[language].parse(code).iterate({
    enter: (ref) => {
      if (scopes.has(ref.name))
        scope = { parent: scope, isFunction: functions.has(ref.name), names: new Set() };
      take(ref);
    },
    leave: (ref) => {
      if (scopes.has(ref.name)) scope = scope.parent ?? scope;
    },
  });
  const free = uses.filter(({ name, scope: at }) => !builtIn.has(name) && !isDeclared(name, at));
  return [...new Set(free.map(({ name }) => name))];
}
