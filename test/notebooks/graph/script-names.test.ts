import { describe, expect, test } from 'vitest';
import { scriptNames } from '../../../pipeline/notebooks/graph/script-names.ts';

describe('free names of a script', () => {
  test.each([
    ['return top.numRows + k', ['top', 'k']],
    ['const a = 1; let b = a, c; var d; function e() {} class F {} return [a, b, c, d, e, F]', []],
    ['x.y.z; x?.["y"]; x[w]', ['x', 'w']],
    [
      '({ a: 1, b, [c]: d, e() { return f }, get g() { return h }, ...i, "j": 1 })',
      ['b', 'c', 'd', 'f', 'h', 'i'],
    ],
    [
      'const { a, b: { c = z }, ...d } = e; const [f, , g = h] = i; a; b; c; d; f; g',
      ['z', 'e', 'h', 'i', 'b'],
    ],
    ['({ a, b: c, d = e } = f); [g, ...h] = i', ['a', 'c', 'd', 'e', 'f', 'g', 'h', 'i']],
    ['(a, { b }, [c] = d, ...e) => a + b + c + e + f', ['d', 'f']],
    ['a => a; async b => await b; a', ['a']],
    ['outer: for (const z of w) { if (z) continue outer; break outer }', ['w']],
    [
      'for (const a of a1) {} for (b of c) {} for (var d in e) {} for (let i = 0; i < n; i++) {} d; i',
      ['a1', 'b', 'c', 'e', 'n', 'i'],
    ],
    ['for ([p, q] of r) {}', ['p', 'q', 'r']],
    ['{ let a = 1; const b = a } a; b', ['a', 'b']],
    ['{ var a; function b() {} } a', []],
    ['f(); function f() { return g() } const g = () => h', ['h']],
    ['const r = function rec(n) { return rec(n) }; rec', ['rec']],
    [
      'const K = class Own extends Base { #p = q; static s = Own; m(a) { return this.#p + a } }; Own',
      ['Base', 'q', 'Own'],
    ],
    ['try { a } catch (error) { error } try {} catch { error }', ['a', 'error']],
    ['switch (a) { case 1: let b; b; default: c }', ['a', 'c']],
    ['`${a} text ${`${b}`} c`', ['a', 'b']],
    ['Math.max(...Object.values(JSON.parse(a))); console.log(undefined, NaN, new Date())', ['a']],
    [
      'typeof a; delete b.c; void d; new E(f); new.target; a++; g = 1',
      ['a', 'b', 'd', 'E', 'f', 'g'],
    ],
    ['// a\n/* b */ "c"; /d/g', []],
    [
      'import x, { y as z } from "m"; import * as n from "n"; export { z as q, w }; x; y',
      ['w', 'y'],
    ],
    ['größe + $x + _y + größe', ['größe', '$x', '_y']],
    ['function f(a = b, c = a) { arguments; return this }', ['b']],
    ['const a = top.; b(', ['top', 'b']],
    ['', []],
  ])('JavaScript: %s', (code, names) => {
    expect(scriptNames(code).toSorted()).toEqual(names.toSorted());
  });

  test.each([
    ['let a: Foo<Bar> = b as Baz; const c = <T,>(d: T): T => d satisfies T; e!', ['b', 'e']],
    ['type T = typeof q; interface I { m(p: number): void } enum E { A, B } E.A', ['q']],
    ['function f(this: X, y?: Z): y is W { return y! > z }', ['z']],
    [
      'declare const dd: number; abstract class Q { constructor(private pr: number) { pr } } dd',
      [],
    ],
    ['const rows: { n: number }[] = top.toArray(); rows.map(({ n }) => n)', ['top']],
    [
      'type F = (a: number) => string; function over(b: string): void; function over(b: any) { b }',
      [],
    ],
  ])('TypeScript: %s', (code, names) => {
    expect(scriptNames(code, 'typescript').toSorted()).toEqual(names.toSorted());
  });

  test('come out of code that nests without end', () => {
    expect(scriptNames('['.repeat(20_000) + 'a')).toEqual(['a']);
    expect(scriptNames(`${'('.repeat(5000)}a${')'.repeat(5000)}`)).toEqual(['a']);
  });
});
