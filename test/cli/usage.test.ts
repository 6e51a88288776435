import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Command, type CommandIo } from '../../pipeline/cli/command.ts';
import { commands } from '../../pipeline/cli/commands.ts';
import { AppError } from '../../pipeline/contract/errors.ts';
import { cli, told } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

/** Calls that cannot be understood, or name what is not there; PLACE is a workspace that does not exist yet. */
const refused: readonly [string, number, readonly string[]][] = [
  ['BAD_USAGE', 2, ['run', '--frobnicate']],
  ['BAD_USAGE', 2, ['run', 'now']],
  ['BAD_USAGE', 2, ['demo', '--customers', '1e3']],
  ['BAD_USAGE', 2, ['demo', '--customers', '49']],
  ['BAD_USAGE', 2, ['demo', '--seed', '-1']],
  ['BAD_USAGE', 2, ['ingest']],
  ['BAD_USAGE', 2, ['ingest', 'file', 'FILE']],
  ['BAD_USAGE', 2, ['ingest', 'file', '--preset', 'bank']],
  ['BAD_USAGE', 2, ['ingest', 'file', 'FILE', '--preset', 'bank', '--format', 'xls']],
  ['BAD_USAGE', 2, ['ingest', 'kafka', '--preset', 'bank', '--topic', 't']],
  [
    'BAD_USAGE',
    2,
    ['ingest', 'kafka', '--preset', 'bank', '--topic', 't', '--brokers', 'localhost'],
  ],
  ['BAD_USAGE', 2, ['ingest', 'kafka', '--preset', 'bank', '--brokers', '127.0.0.1:1']],
  [
    'BAD_USAGE',
    2,
    [
      'ingest',
      'kafka',
      '--preset',
      'bank',
      '--topic',
      't',
      '--brokers',
      '127.0.0.1:1',
      '--from',
      'soon',
    ],
  ],
  ['PRESET_UNKNOWN', 2, ['ingest', 'file', 'FILE', '--preset', 'constructor']],
  [
    'PRESET_UNKNOWN',
    2,
    ['ingest', 'kafka', '--preset', 'nope', '--topic', 't', '--brokers', '127.0.0.1:1'],
  ],
  ['FILE_NOT_FOUND', 1, ['ingest', 'file', 'FILE.missing', '--preset', 'bank']],
  ['BAD_USAGE', 2, ['generate', '--preset', 'bank', '--count', '0', '--to', 'x.ndjson']],
  ['BAD_USAGE', 2, ['generate', '--preset', 'nope', '--count', '1', '--to', 'x.ndjson']],
  [
    'BAD_USAGE',
    2,
    ['generate', '--preset', 'bank', '--count', '1', '--to', 'x.ndjson', '--fault', 'duplicate=2'],
  ],
  ['BAD_USAGE', 2, ['generate', '--preset', 'bank', '--count', '1']],
  ['BAD_USAGE', 2, ['segment', 'dance']],
  ['BAD_USAGE', 2, ['segment', 'profile', '--features', 'nope']],
  ['BAD_USAGE', 2, ['segment', 'profile', '--rule', 'x']],
  ['BAD_USAGE', 2, ['segment', 'explain', 'a', '--seed', 'bogus']],
  ['BAD_USAGE', 2, ['segment', 'train', '--silhouette', 'bogus']],
  ['BAD_USAGE', 2, ['segment', 'sweep', '--rule', 'A: monetary > 1']],
  ['BAD_USAGE', 2, ['segment', 'migration', '1']],
  ['BAD_USAGE', 2, ['features']],
  ['BAD_USAGE', 2, ['features', 'list', '--scale', 'none']],
  ['BAD_USAGE', 2, ['clv', 'guess']],
  ['BAD_USAGE', 2, ['kpis', '--as-of', '2024-02-30']],
  ['BAD_USAGE', 2, ['kpis', 'cohorts', '--kpi', 'aov']],
  ['BAD_USAGE', 2, ['kpis', '--from', '2024-02-01']],
  ['BAD_USAGE', 2, ['query']],
  ['BAD_USAGE', 2, ['query', 'select 1', '--format', 'xml']],
  ['BAD_USAGE', 2, ['query', 'select 1', 'select 2']],
  ['BAD_USAGE', 2, ['quarantine', 'burn']],
  ['BAD_USAGE', 2, ['quarantine', 'list', '--limit', '3']],
  ['BAD_USAGE', 2, ['quarantine', 'show', '--limit', '0']],
  ['WORKSPACE_NOT_FOUND', 1, ['run']],
  ['WORKSPACE_NOT_FOUND', 1, ['transform']],
  ['WORKSPACE_NOT_FOUND', 1, ['kpis']],
  ['WORKSPACE_NOT_FOUND', 1, ['query', 'select 1']],
  ['WORKSPACE_NOT_FOUND', 1, ['quarantine', 'list']],
  ['WORKSPACE_NOT_FOUND', 1, ['segment', 'sweep']],
];

const load = async (name: string): Promise<Command> => {
  const found = commands[name];
  if (found === undefined) throw new Error(`no command ${name}`);
  return found();
};

/** Nobody listens: what matters is what is thrown. */
const io: CommandIo = {
  out: () => undefined,
  write: async () => undefined,
  progress: () => undefined,
  signal: new AbortController().signal,
  env: {},
};

async function thrownBy(command: Command, args: readonly string[]): Promise<unknown> {
  try {
    await command.run(args, io);
  } catch (error) {
    return error;
  }
  return new Error('it was not refused');
}

/** A workspace that is not there yet, and arguments whose FILE is one. */
async function places(args: readonly string[]): Promise<{ place: string; filled: string[] }> {
  const folder = await temporaryFolder();
  const file = join(folder, 'records.ndjson');
  writeFileSync(
    file,
    '{"customer_id":"a","amount":1,"category":"fuel","timestamp":"2024-01-01T00:00:00Z"}\n',
  );
  return {
    place: join(folder, 'workspace'),
    filled: args.map((arg) => arg.replace(/^FILE/, file)),
  };
}

describe('strata', () => {
  it('says what it can do: on stdout with 0 when asked, with 2 when called with nothing', async () => {
    const asked = await cli(['--help']);
    expect([asked.code, asked.err]).toEqual([0, '']);
    for (const command of Object.keys(commands))
      expect(asked.out).toMatch(new RegExp(`^  ${command} +\\S`, 'm'));
    expect(await cli([])).toMatchObject({ code: 2, out: asked.out });
  });

  it('says what a command takes, with every option it knows, and does nothing else', async () => {
    const place = join(await temporaryFolder(), 'workspace');
    const { code, out, err } = await cli(['ingest', 'file', '-h', '--workspace', place]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: strata ingest file/);
    for (const option of ['--preset P', '--workspace DIR', '--json']) expect(out).toContain(option);
    expect(existsSync(place)).toBe(false);
  });

  it.each(refused)(
    'refuses as %s, which ends with %i, and makes nothing: %s',
    async (error, exit, [name = '', ...args]) => {
      const { place, filled } = await places(args);
      const command = await load(name);
      const known = await thrownBy(command, [...filled, '--workspace', place]);
      expect(known).toBeInstanceOf(AppError);
      const { code, message, next } = known as AppError;
      expect({ code, exit: (known as AppError).exit }).toEqual({ code: error, exit });
      expect(`${message}|${next}`).toMatch(/^[^\n|{}]+\|[^\n|{}]+$/);
      expect(existsSync(place)).toBe(false);
    },
  );

  it.each([
    [['segment', 'bogus'], /^There is no action "bogus"; there are sweep, preview, train, /],
    [['features'], /^The action is missing; there are list, /],
    [['clv', 'guess'], /^There is no action "guess"; there are fit, report\.$/],
    [['segment', 'profile', '--k', '9'], /^--k is not an option of "segment profile"\.$/],
    [['kpis', 'cohorts', '--kpi', 'aov'], /^--kpi is not an option of "kpis cohorts"\.$/],
  ])(
    'says of %j what was wrong, by the words that were typed',
    async ([name = '', ...args], words) => {
      const { place } = await places([]);
      const thrown = await thrownBy(await load(name), [...args, '--workspace', place]);
      expect((thrown as AppError).message).toMatch(words);
    },
  );

  it('tells a refusal on stderr, with code, sentence and next step, and nothing on stdout', async () => {
    const { place, filled } = await places(['ingest', 'file', 'FILE', '--preset', 'nope']);
    const unknown = await cli([...filled, '--workspace', place, '--json']);
    expect(told(unknown)).toEqual({ exit: 2, error: 'PRESET_UNKNOWN', next: true, out: '' });
    const missing = await cli(['run', '--workspace', place]);
    expect(told(missing)).toEqual({ exit: 1, error: 'WORKSPACE_NOT_FOUND', next: true, out: '' });
    const command = await cli(['constructor']);
    expect(told(command)).toEqual({ exit: 2, error: 'BAD_USAGE', next: true, out: '' });
  });

  it('names the configuration file and the field that cannot be used', async () => {
    const place = await temporaryFolder();
    for (const text of [
      '{ "kpis": { "periodDays": 0, "churnDays": 90 } }',
      '{ "nmae": "x" }',
      'not json',
      '[]',
    ]) {
      writeFileSync(join(place, 'strata.json'), text);
      const command = await load('run');
      await expect(command.run(['--workspace', place], io)).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        exit: 2,
        message: expect.stringContaining(join(place, 'strata.json')) as unknown,
      });
    }
    expect(existsSync(join(place, 'warehouse.duckdb'))).toBe(false);
  });

  it('refuses a warehouse that is no database and leaves it alone', async () => {
    const place = await temporaryFolder();
    writeFileSync(join(place, 'strata.json'), '{}');
    writeFileSync(join(place, 'warehouse.duckdb'), 'something else '.repeat(1000));
    expect(told(await cli(['run', '--workspace', place]))).toMatchObject({
      exit: 1,
      error: 'WORKSPACE_DAMAGED',
    });
  });

  it('refuses a file that lacks what the preset needs, and a folder, without keeping a source', async () => {
    const folder = await temporaryFolder();
    const place = join(folder, 'workspace');
    writeFileSync(join(folder, 'other.csv'), 'a,b\n1,2\n');
    mkdirSync(join(folder, 'folder.csv'));
    const lacking = await cli([
      'ingest',
      'file',
      join(folder, 'other.csv'),
      '--preset',
      'bank',
      '--workspace',
      place,
    ]);
    expect(told(lacking)).toEqual({ exit: 2, error: 'FILE_FIELDS', next: true, out: '' });
    const directory = await cli([
      'ingest',
      'file',
      join(folder, 'folder.csv'),
      '--preset',
      'bank',
      '--workspace',
      place,
    ]);
    expect(told(directory)).toMatchObject({ exit: 1, error: 'FILE_UNREADABLE' });
    const { out } = await cli([
      'query',
      'select (select count(*) from ops.sources) + (select count(*) from raw.records) as n',
      '--workspace',
      place,
      '--format',
      'csv',
    ]);
    expect(out).toBe('n\n0\n');
  });
});
