import { actionOf, type Command, noMore, onlyOptions, parse } from '../command.ts';
import { checkAction } from './check.ts';
import { exportAction } from './export.ts';
import { replayAction } from './replay.ts';
import { runAction } from './run.ts';

const options = {
  set: { type: 'string', multiple: true },
  out: { type: 'string' },
  format: { type: 'string' },
  drop: { type: 'string', multiple: true },
  hash: { type: 'string', multiple: true },
  generalise: { type: 'string', multiple: true },
  aggregate: { type: 'string', multiple: true },
  'minimum-count': { type: 'string' },
  'no-outputs': { type: 'boolean' },
} as const;

const actions = {
  run: { run: runAction, options: ['set', 'out'] },
  check: { run: checkAction, options: [] },
  replay: { run: replayAction, options: [] },
  export: {
    run: exportAction,
    options: [
      'set',
      'out',
      'format',
      'drop',
      'hash',
      'generalise',
      'aggregate',
      'minimum-count',
      'no-outputs',
    ],
  },
} as const;

export const notebook: Command = {
  summary: 'run, check or export a notebook without a screen',
  usage: `Usage: strata notebook run FILE [--set NAME=VALUE]... [--out FILE]
       strata notebook check FILE
       strata notebook export FILE --format html|static|pdf|bundle|ipynb --out FILE
       strata notebook replay BUNDLE

run executes every cell in the order of their names and exits 1 if one fails; --out writes the notebook with its outputs,
also then, and after Ctrl-C, which cancels the cell that runs and ends with 130. check says what is wrong with a notebook and runs nothing. export writes what can be given away; replay
runs a bundle again on its own data, in one thread as it was made, tells both machines' versions, and exits 1 if a cell gives
something else.

  --set NAME=VALUE       the value of an input cell, for this run; may be repeated
  --out FILE             where to write; FILE itself stays as it is unless named here
  --format F             html: one page that lives, with its data; static: one page without any script; pdf; bundle: a zip that
                         another machine reruns to the same results; ipynb
  --drop COLUMN          leaves out a column, as in gold.customer_profiles.name; likewise --hash and --generalise
  --aggregate TABLE      lets only groups of a table leave
  --minimum-count N      leaves out groups of fewer than N people from tables and charts; panels stay as they are
  --no-outputs           leaves out all results

FILE is opened because you name it: it counts as trusted. Its SQL reads the workspace and can change nothing.`,
  async run(args, io) {
    const { values, positionals } = parse(args, options);
    const [given, file, ...more] = positionals;
    noMore(more);
    const which = actionOf(given, ['run', 'check', 'export', 'replay']);
    onlyOptions(values, `notebook ${which}`, actions[which].options);
    await actions[which].run(file, values, io);
  },
};
