import { AppError } from '../contract/errors.ts';
import { type Token, tokenise } from './tokens.ts';

export type Operator = '+' | '-' | '*' | '/' | '=' | '<>' | '<' | '<=' | '>' | '>=' | 'and' | 'or';

/** A mapping's field: where it comes from, as a small expression over the record's own field names. */
export type Expression =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | { readonly kind: 'is-null'; readonly operand: Expression; readonly negated: boolean }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

const levels: readonly (readonly Operator[])[] = [
  ['or'],
  ['and'],
  ['=', '<>', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];
const COMPARISON = 2;

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenise(source);
  }

  parse(): Expression {
    const expression = this.#level(0);
    if (this.#peek() !== undefined) throw this.#unexpected();
    return expression;
  }

  #level(level: number): Expression {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    if (level === COMPARISON && this.#take('not')) {
      return { kind: 'not', operand: this.#level(level) };
    }
    let left = this.#level(level + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.#take(candidate));
      if (operator !== undefined) {
        left = { kind: 'binary', operator, left, right: this.#level(level + 1) };
      } else if (level === COMPARISON && this.#take('is')) {
        const negated = this.#take('not');
        this.#expect('null');
        left = { kind: 'is-null', operand: left, negated };
      } else return left;
    }
  }

  #unary(): Expression {
    if (++this.#depth > 100) throw this.#invalid('it is nested too deeply');
    try {
      return this.#take('-') ? { kind: 'negate', operand: this.#unary() } : this.#primary();
    } finally {
      this.#depth--;
    }
  }

  #primary(): Expression {
    const token = this.#peek();
    if (token === undefined) throw this.#invalid('it ends too early');
    this.#at++;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', text: token.text };
      case 'text':
        return { kind: 'text', text: token.text };
      case 'quoted-name':
        return { kind: 'field', name: token.text };
      case 'name':
        return this.#take('(') ? this.#call(token.text) : { kind: 'field', name: token.text };
      case 'symbol': {
        if (token.text !== '(') break;
        const inner = this.#level(0);
        this.#expect(')');
        return inner;
      }
    }
    this.#at--;
    throw this.#unexpected();
  }

  #call(name: string): Expression {
    const args: Expression[] = [];
    if (this.#take(')')) return { kind: 'call', name: name.toLowerCase(), args };
    do args.push(this.#level(0));
    while (this.#take(','));
    this.#expect(')');
    return { kind: 'call', name: name.toLowerCase(), args };
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #take(text: string): boolean {
    const token = this.#peek();
    const matches =
      token !== undefined &&
      (token.kind === 'symbol' || token.kind === 'name') &&
      token.text.toLowerCase() === text;
    if (matches) this.#at++;
    return matches;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#invalid(`"${text}" is missing`);
  }

  #unexpected(): AppError {
    const token = this.#peek();
    return this.#invalid(
      token === undefined ? 'it ends too early' : `"${token.text}" is out of place`,
    );
  }

  #invalid(problem: string): AppError {
    return new AppError('EXPRESSION_INVALID', { expression: this.#source, problem });
  }
}

/** Reads an expression such as `Quantity * UnitPrice`; names with other characters stand in backticks. */
export function parseExpression(source: string): Expression {
  return new Parser(source).parse();
}

/** Every field that an expression reads, each once. */
export function fieldsOf(expression: Expression): string[] {
  const visit = (node: Expression): string[] => {
    switch (node.kind) {
      case 'number':
      case 'text':
        return [];
      case 'field':
        return [node.name];
      case 'not':
      case 'negate':
      case 'is-null':
        return visit(node.operand);
      case 'binary':
        return [...visit(node.left), ...visit(node.right)];
      case 'call':
        return node.args.flatMap(visit);
    }
  };
  return [...new Set(visit(expression))];
}
