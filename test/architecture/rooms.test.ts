import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const steps = ['sources', 'transform', 'features', 'segmentation', 'notebooks', 'publish'];
const base = ['contract', 'statistics', 'engine', 'workspace', 'mapping', 'work'];
const inPipeline = (...rooms: readonly string[]): string => `^pipeline/(${rooms.join('|')})/`;

const never = (name: string, from: object, to: object): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from,
  to,
});

/** What only a folder that says so may import: the rest of the pipeline must run in a browser worker, too. */
const nodeOnly =
  '/node/|^pipeline/(engine/native|sources/kafka|publish|cli|runs)/|^pipeline/host/node/|^(test|bench|scripts)/';

const rules: readonly IForbiddenRuleType[] = [
  never(
    'the contract imports its schema library only',
    { path: '^pipeline/contract/' },
    {
      pathNot: ['^pipeline/contract/', '^node_modules/zod/', '^@orpc/contract$'],
    },
  ),
  never(
    'statistics imports nothing',
    { path: '^pipeline/statistics/' },
    {
      pathNot: '^pipeline/statistics/',
    },
  ),
  never(
    'the base imports no step, run, host or command',
    { path: inPipeline(...base) },
    {
      path: inPipeline(...steps, 'runs', 'host', 'cli'),
    },
  ),
  ...steps.map((step) =>
    never(
      `${step} imports the base only`,
      { path: `^pipeline/${step}/` },
      {
        path: inPipeline(...steps.filter((other) => other !== step), 'runs', 'host', 'cli'),
      },
    ),
  ),
  never(
    'runs know neither host nor command',
    { path: '^pipeline/runs/' },
    {
      path: inPipeline('host', 'cli'),
    },
  ),
  never(
    'only serve knows the host among commands',
    { path: '^pipeline/cli/(?!serve\\.ts)' },
    {
      path: '^pipeline/host/',
    },
  ),
  never('the host knows no command', { path: '^pipeline/host/' }, { path: '^pipeline/cli/' }),
  never(
    'the renderer knows the contract and nothing else of the pipeline',
    { path: '^renderer/' },
    {
      path: '^pipeline/(?!contract/)',
    },
  ),
  never(
    'pieces of the ui know no domain',
    { path: '^renderer/ui/' },
    {
      path: '^(pipeline|renderer/(?!ui/))',
    },
  ),
  never(
    'the shell knows hosts and the contract, and no page',
    { path: '^electron/' },
    {
      path: '^(renderer/|pipeline/(?!host/|contract/))',
    },
  ),
  never(
    'Electron has one door',
    { path: '^(pipeline|renderer)/' },
    {
      path: '^(electron/|node_modules/electron)',
    },
  ),
  never(
    'DuckDB has one door',
    { path: '^(pipeline|renderer|electron)/', pathNot: '^pipeline/engine/(native|wasm)/' },
    {
      path: '@duckdb/',
    },
  ),
  never(
    'Kafka has one door',
    { path: '^(pipeline|renderer)/', pathNot: '^pipeline/sources/kafka/' },
    {
      path: '^node_modules/(kafkajs|snappy|lz4-napi)/',
    },
  ),
  never(
    'what may run in a browser imports nothing of Node',
    { path: '^pipeline/', pathNot: nodeOnly },
    {
      dependencyTypes: ['core'],
    },
  ),
  never('nothing goes round in circles', {}, { circular: true }),
];

describe('the rooms of the house', () => {
  let result: ICruiseResult;

  beforeAll(async () => {
    const cruised = await cruise(
      ['pipeline', 'renderer', 'electron'],
      {
        ruleSet: { forbidden: [...rules] },
        validate: true,
        baseDir: root,
        doNotFollow: { path: 'node_modules' },
        exclude: { path: '\\.d\\.ts$' },
        tsPreCompilationDeps: true,
        combinedDependencies: false,
      },
      { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
    );
    result = cruised.output as ICruiseResult;
  });

  test('are all walked through: a tool that sees no modules would find no fault', () => {
    const sources = result.modules.filter(({ source }) =>
      /^(pipeline|renderer|electron)\/.*\.tsx?$/.test(source),
    );
    expect(sources.length).toBeGreaterThan(215);
    const imports = sources.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
    expect(imports).toBeGreaterThan(700);
  });

  test('are entered only through their doors', () => {
    const found = result.summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`,
    );
    expect(found).toEqual([]);
  });

  test('have doors that are used: rules about imports nobody sees would watch nothing', () => {
    const imports = result.modules.flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
    );
    for (const [from, to] of [
      [/^pipeline\/engine\/native\//, /@duckdb\/node-api/],
      [/^pipeline\/engine\/wasm\//, /@duckdb\/duckdb-wasm/],
      [/^pipeline\/sources\/kafka\//, /kafkajs/],
      [/^renderer\/host\//, /^pipeline\/contract\//],
      [/^pipeline\/runs\//, /^pipeline\/transform\//],
    ] as const) {
      expect(imports.some((one) => from.test(one.from) && to.test(one.to))).toBe(true);
    }
  });
});
