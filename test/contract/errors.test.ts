import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import {
  AppError,
  asAppError,
  type ErrorCode,
  errorTable,
} from '../../pipeline/contract/errors.ts';
import { references } from '../../scripts/write-reference.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const codes = Object.keys(errorTable) as ErrorCode[];

const placeholders = (code: ErrorCode): string[] => {
  const { message, next } = errorTable[code];
  return [
    ...new Set([...`${message} ${next}`.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)),
  ];
};

interface Raised {
  readonly code: string;
  readonly where: string;
  /** The names of the details; null where they are not written out on the spot. */
  readonly details: readonly string[] | null;
}

function detailNames(node: ts.Expression | undefined): string[] | null {
  if (node === undefined) return [];
  if (!ts.isObjectLiteralExpression(node)) return null;
  if (node.properties.some((property) => ts.isSpreadAssignment(property))) return null;
  return node.properties.map((property) => property.name?.getText() ?? '');
}

/** The codes that an expression may be: written out, or chosen between two that are. */
function literalCodes(node: ts.Expression | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteral(node)) return [node.text];
  if (ts.isConditionalExpression(node))
    return [...literalCodes(node.whenTrue), ...literalCodes(node.whenFalse)];
  return [];
}

/** Every `new AppError(...)` of the sources. */
function raised(): Raised[] {
  const files = ['pipeline', 'renderer', 'electron'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  return files.flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(root, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const found: Raised[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && node.expression.getText() === 'AppError') {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const [code, details] = node.arguments ?? [];
        for (const name of literalCodes(code)) {
          found.push({ code: name, where: `${file}:${line}`, details: detailNames(details) });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

describe('the error table', () => {
  const all = raised();

  it('holds every code that is raised, and none that is not', () => {
    expect(all.length).toBeGreaterThan(100);
    expect([...new Set(all.map(({ code }) => code))].toSorted()).toEqual(codes.toSorted());
  });

  it('gets every placeholder of message and next step filled wherever the code is raised', () => {
    const lacking = all.flatMap(({ code, where, details }) => {
      const missing = placeholders(code as ErrorCode).filter(
        (name) => details !== null && !details.includes(name),
      );
      return missing.length === 0 ? [] : [`${where} ${code} lacks ${missing.join(', ')}`];
    });
    expect(lacking).toEqual([]);
    // Where details are a variable nothing can be read off; such places stay few.
    expect(all.filter(({ details }) => details === null).length).toBeLessThan(8);
  });

  it('gives every code a full sentence, a next step and an exit that fit each other', () => {
    for (const code of codes) {
      const { message, next, exit } = errorTable[code];
      expect(`${code} ${message}`).toMatch(/^[A-Z_]+ .*(\.|\{problem\})$/);
      expect(`${code} ${next}`).toMatch(/^[A-Z_]+ [A-Z].*\.$/);
      // What Ctrl-C ends has the exit that shells know it by.
      expect(code === 'NOTEBOOK_CANCELLED' ? [130] : [1, 2]).toContain(exit);
    }
  });

  it('sends code, message and details across a wire and nothing else', () => {
    const error = new AppError(
      'FILE_UNREADABLE',
      { path: '/a', problem: 'it is odd.' },
      { cause: new Error('secret') },
    );
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'FILE_UNREADABLE',
      message: 'The file /a cannot be read: it is odd.',
      details: { path: '/a', problem: 'it is odd.' },
    });
  });

  it('fills what is written into a detail once, as it stands', () => {
    const error = new AppError('FILE_UNREADABLE', { path: '{problem} $& $1', problem: 'p' });
    expect(error.message).toBe('The file {problem} $& $1 cannot be read: p');
  });

  it('makes anything that is thrown an error with a code, and keeps what has one', () => {
    const known = new AppError('NO_CUSTOMERS');
    expect(asAppError(known)).toBe(known);
    for (const thrown of [new TypeError('boom'), 'boom']) {
      expect(asAppError(thrown)).toMatchObject({
        code: 'INTERNAL',
        details: { problem: 'boom' },
        cause: thrown,
      });
    }
  });
});

describe('docs/reference', () => {
  it('is what scripts/write-reference.ts makes of the code', async () => {
    for (const [path, text] of await references()) {
      expect(
        readFileSync(join(root, path), 'utf8'),
        `${path} is stale: run scripts/write-reference.ts`,
      ).toBe(text);
    }
  });

  it('explains every code', async () => {
    const text = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
    expect(codes.filter((code) => !text.includes(`\n## ${code}\n`))).toEqual([]);
  });
});
