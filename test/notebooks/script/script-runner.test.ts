import { tableFromArrays, tableFromIPC } from '@uwdata/flechette';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScriptRunner } from '../../../pipeline/notebooks/script/node/open-script-runner.ts';
import type { CellResult, ScriptRunner } from '../../../pipeline/notebooks/session/ports.ts';
import { ipcOf, outcome, sampleTable, scripts } from './script-cases.ts';

let runner: ScriptRunner;

beforeAll(() => {
  runner = openScriptRunner();
});

afterAll(() => runner.close());

function run(code: string): Promise<CellResult> {
  return runner.run({
    code,
    values: { k: 5, label: "it's", html: 'mine', 'not a name': 1, ['__proto__']: 2 },
    tables: { sample: sampleTable(), Math: sampleTable() },
  });
}

/** The one thing that a script shows, as text. */
async function text(code: string): Promise<unknown> {
  const { outputs } = await run(code);
  return outputs
    .map(({ data, text: printed }) => printed ?? (data as Record<string, unknown>)['text/plain'])
    .join('|');
}

async function rows(code: string): Promise<unknown> {
  const { table } = await run(code);
  return table === undefined ? null : tableFromIPC(table, { useBigInt: true }).toArray();
}

async function failure(code: string): Promise<string> {
  return outcome(runner, code);
}

describe('a script', () => {
  it('gives its last expression or what it returns, and nothing for a declaration', async () => {
    expect(await text('const a = 1;\na + k // comment')).toBe('6');
    expect(await text('if (k > 4) return "large"\nreturn "small"')).toBe('large');
    expect(await text('({ a: [1, -0, NaN, null, undefined, 2n] })')).toBe(
      '{a: [1, -0, NaN, null, undefined, 2n]}',
    );
    expect((await run('const a = 1')).outputs).toEqual([]);
    expect((await run('// nothing')).outputs).toEqual([]);
  });

  it('reads tables and inputs by their names, or from tables and inputs where a name is taken', async () => {
    expect(
      await text(
        'const column = (name) => { const values = sample.column(name); return values.constructor.name + ":" + [...values].map((value) => value instanceof Date ? value.toISOString().slice(0, 10) : JSON.stringify(typeof value === "bigint" ? value + "n" : value)).join(); };\nsample.columns.map(column).join(" ")',
      ),
    ).toBe(
      'Int32Array:1,2,3 Array:1,null,3 Float64Array:1,2,3 BigInt64Array:"1152921504606846976n","2n","3n" Array:1.5,null,-0.25 Float64Array:1.25,2.5,-0.01 Array:"x",null,"ü" Array:"a","b","a" Array:true,null,false Array:2024-02-29,null,1969-12-31 Array:2024-02-29,null,1969-12-31 Array:[1,2],[],[3]',
    );
    expect(
      await text(
        '[sample.rows, sample.row(1).whole, tables.Math.rows, Math.max(1, 2), typeof html, inputs.html, inputs["not a name"], inputs["__proto__"], label]',
      ),
    ).toBe('[3, 2, 3, 2, "function", "mine", 1, 2, "it\'s"]');
    expect(await failure('sample.column("nme")')).toMatch(
      'line 1: RangeError: There is no column "nme"; there are whole,',
    );
    expect(await failure('sample.row(3)')).toMatch('There is no row 3; there are 3, from 0.');
  });

  it('makes a table of flat objects and of equally long arrays, with the types that the values have', async () => {
    expect(
      await rows(
        '[{ a: 1, b: "x", c: new Date(5), d: true, e: 2n ** 40n, f: 2 ** 40, g: null }, { a: 2.5, h: -0 }]',
      ),
    ).toEqual([
      { a: 1, b: 'x', c: 5, d: true, e: 2n ** 40n, f: 2n ** 40n, g: null, h: null },
      { a: 2.5, b: null, c: null, d: null, e: null, f: null, g: null, h: -0 },
    ]);
    expect(
      await rows(
        '({ x: [1, 2], y: new Float32Array([0.5, NaN]), z: sample.column("id").slice(1) })',
      ),
    ).toEqual([
      { x: 1, y: 0.5, z: 2 },
      { x: 2, y: Number.NaN, z: 3 },
    ]);
    const { table } = await run('[JSON.parse(\'{"__proto__": 1, "constructor": 2}\')]');
    expect(tableFromIPC(table ?? new Uint8Array()).names).toEqual(['__proto__', 'constructor']);
    expect(await rows('table([{ a: 1 }]); display([{ b: 2 }]); 7')).toEqual([{ a: 1 }]);
    expect(await rows('({ none: new Float64Array(0), text: [] })')).toEqual([]);
    expect(await text('[{ a: 1 }, { a: "x" }]')).toBe('[{a: 1}, {a: "x"}]');
    expect(await failure('\ntable([{ a: 1 }, { a: "x" }])')).toBe(
      'SCRIPT_FAILED: The script failed: line 2: TypeError: The column "a" mixes number and string.',
    );
    expect(await failure('table([{ a: 2n ** 64n }])')).toMatch('beyond 64 bits');
    expect(await rows('[{ a: "\\ud800" }]')).toEqual([{ a: '\ufffd' }]);
  });

  it('shows prints, HTML and figures in their order', async () => {
    const { outputs } = await run(
      'console.log("a", { b: [1] }); console.log("c");\nhtml("<b>x</b>"); plot({ data: [{ y: new Float64Array([1, NaN]), n: 3n }], layout: { title: "t" } }); display(null)',
    );
    expect(outputs).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'a {b: [1]}\nc\n' },
      {
        output_type: 'display_data',
        metadata: {},
        data: { 'text/html': '<b>x</b>', 'text/plain': '[HTML]' },
      },
      {
        output_type: 'display_data',
        metadata: {},
        data: {
          'application/vnd.plotly.v1+json': {
            config: { responsive: true, displaylogo: false },
            data: [{ y: [1, null], n: 3 }],
            layout: { title: 't' },
          },
          'text/plain': '[Chart]',
        },
      },
      { output_type: 'display_data', metadata: {}, data: { 'text/plain': 'null' } },
    ]);
    expect(await failure('plot([1])')).toMatch('takes a Plotly figure');
    expect(
      await failure(
        'let a = {}; for (let i = 0; i < 200; i++) a = { a }; plot({ data: [a], layout: {} })',
      ),
    ).toMatch('nested too deeply');
  });

  it('in TypeScript loses its types and keeps its lines', async () => {
    const language = 'typescript';
    const values = {};
    const { outputs } = await runner.run({
      code: 'interface A { n: number }\nconst a: A = { n: 4 };\nreturn a.n',
      language,
      values,
      tables: {},
    });
    expect(outputs).toEqual([
      { output_type: 'display_data', metadata: {}, data: { 'text/plain': '4' } },
    ]);
    expect(await outcome(runner, 'type N = number;\n\nlet n: N = nothing', { language })).toMatch(
      'line 3: ReferenceError',
    );
    expect(await outcome(runner, 'enum E { a }', { language })).toMatch('enum is not supported');
    const plain = openScriptRunner({
      stripTypes: () => {
        throw new Error('not here');
      },
    });
    expect(await outcome(plain, 'let n: number', { language })).toBe(
      'SCRIPT_FAILED: The script failed: not here',
    );
    await plain.close();
  });
});

describe('the sandbox', () => {
  it('has no clock, no chance, no waiting, no modules and nothing of its host', async () => {
    const random = await text('Math.random()');
    expect(await text('Math.random()')).toBe(random);
    for (const code of ['Date.now()', 'new Date()', 'Date()']) {
      expect(await failure(code)).toMatch('There is no clock in a cell');
    }
    for (const code of [
      'await 1',
      '(async () => 1)()',
      'Promise.resolve().then(() => console.log(1)); 3',
      'import("node:fs")',
    ]) {
      expect(await failure(code), code).toMatch('A cell cannot wait');
    }
    expect(await failure('import x from "y"')).toMatch('A cell imports and exports nothing');
    expect(
      await text(
        '["process", "require", "fetch", "setTimeout", "XMLHttpRequest", "WebAssembly", "performance", "Worker", "emit", "given"].filter((name) => name in globalThis || new Function("return typeof " + name)() !== "undefined")',
      ),
    ).toBe('[]');
    expect(await failure('console.log.constructor("return process")()')).toMatch(
      "ReferenceError: 'process' is not defined",
    );
    expect(await failure('sample.column.caller')).toMatch('SCRIPT_FAILED');
  });

  it('keeps nothing of one script for the next, whatever it did', async () => {
    const spoilt = await outcome(
      runner,
      'Object.prototype.rows = 1; Array.prototype.map = null; Map = null; JSON.stringify = () => "}{"; globalThis.left = 1; sample.rows = 9; [{ a: 1 }]',
    );
    expect(spoilt).toMatch(/^(?:SCRIPT_FAILED|\{"outputs")/);
    await failure(
      'Object.defineProperty(Array.prototype, "0", { get() { throw 1 } }); Symbol.iterator = null; [{ a: 1 }]',
    );
    expect(await text('typeof left + sample.rows + [1].map((a) => a + 1)')).toBe('undefined32');
  });

  it('tells odd things that are thrown or given', async () => {
    for (const [code, problem] of [
      ['throw null', 'thrown: null'],
      ['throw undefined', 'thrown: undefined'],
      ['throw Symbol("x")', 'thrown: Symbol(x)'],
      ['throw { get message() { throw 1 } }', 'thrown: {message: [Getter]}'],
      [
        'const e = new Error("m"); Object.defineProperty(e, "stack", { get() { throw 1 } }); throw e',
        'Error: m',
      ],
      [
        'throw new Proxy({}, { getPrototypeOf() { throw 1 }, get() { throw 2 } })',
        'an error that cannot be read',
      ],
      ['\n\nnothing.here', "line 3: ReferenceError: 'nothing' is not defined"],
      ['let x = 1;\nlet y = ;', "line 2: SyntaxError: unexpected token in expression: ';'"],
    ] as const) {
      expect(await failure(code), code).toBe(`SCRIPT_FAILED: The script failed: ${problem}`);
    }
    for (const [code, shown] of [
      ['({ get a() { throw 1 }, b: 1 })', '{a: [Getter], b: 1}'],
      ['new Proxy([], { get() { throw 1 } })', '[unreadable]'],
      ['Symbol("z")', 'Symbol(z)'],
      ['const a = [1]; a.push(a); a', '[1, [Circular]]'],
      ['new Map([[1, { a: new Set([2]) }]])', 'Map {1 => {a: Set {2}}}'],
      ['Object.create(null)', '[no prototype] {}'],
      [
        '[new Date(NaN), /x/g, class A {}, () => 1]',
        '[Invalid Date, /x/g, [Function A], [Function without a name]]',
      ],
      ['[]', '[]'],
    ] as const) {
      expect(await text(code), code).toBe(shown);
    }
  });

  it('stops what takes too much, and runs the next script', async () => {
    const hasty = openScriptRunner({ timeoutMs: 5000, memory: 64e6, output: 1e6 });
    for (const [code, problem] of [
      ['for (;;);', 'it takes more than 5 s'],
      ['/(a+)+b/.test("a".repeat(40))', 'it takes more than 5 s'],
      [
        'const a = []; for (;;) a.push(new Float64Array(1e5))',
        'it needs more than 64 MB of memory',
      ],
      [
        'try { const a = []; for (;;) a.push(new Float64Array(1e5)) } catch { for (;;); }',
        'it takes more than 5 s',
      ],
      ['const a = []; for (;;) a.push({ x: 1 })', 'it needs more than 64 MB of memory'],
      ['function f() { f() } f()', 'it calls itself too deeply'],
      ['eval("(".repeat(1e5))', 'it calls itself too deeply'],
      [
        'let z = []; for (let i = 0; i < 1e5; i++) z = [z]; JSON.stringify(z)',
        'it calls itself too deeply',
      ],
      ['for (;;) console.log("y".repeat(1000))', 'it shows more than 1 MB'],
      ['for (;;) try { console.log("y".repeat(1e5)) } catch { break }', 'it shows more than 1 MB'],
      ['html("y".repeat(2e6))', 'it shows more than 1 MB'],
    ] as const) {
      expect(await outcome(hasty, code), code).toBe(
        `SCRIPT_LIMIT: The script was stopped: ${problem}.`,
      );
    }
    expect(await outcome(hasty, '1 + k')).toMatch('"6"');
    const signal = AbortSignal.timeout(100);
    await expect(
      hasty.run({ code: 'for (;;);', values: {}, tables: {} }, { signal }),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
    await hasty.close();
  });

  it('takes a million rows of five columns', async () => {
    const column = (factor: number) => Float64Array.from({ length: 1e6 }, (_, i) => i * factor);
    const big = ipcOf(
      tableFromArrays({ a: column(1), b: column(2), c: column(3), d: column(0.5), e: column(0.1) }),
    );
    const { outputs } = await runner.run({
      code: 'big.columns.map((name) => big.column(name)[999999]).join()',
      values: {},
      tables: { big },
    });
    expect(outputs[0]?.['data']).toEqual({
      'text/plain': '999999,1999998,2999997,499999.5,99999.90000000001',
    });
  });

  it('gives the same each time', async () => {
    for (const code of scripts)
      expect(await outcome(runner, code)).toBe(await outcome(runner, code));
  });
});
