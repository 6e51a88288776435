import { desktop } from './desktop.ts';
import { files } from './files.ts';
import { memory } from './memory.ts';
import { notebook } from './notebook.ts';
import { pipeline } from './pipeline.ts';
import { segmentation } from './segmentation.ts';
import { start } from './start.ts';

const benchmarks: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  files,
  pipeline,
  segmentation,
  notebook,
  start,
  memory,
  desktop,
};

const usage = `Usage: npm run bench -- NAME [options]

  files     [--rows N] [--rounds N] [--file CSV --preset P]
  pipeline  [--rows N] [--rounds N]
  segmentation  [--rows N] [--fit-rows N] [--silhouette-rows N] [--customers N]
                [--screen-customers N] [--rounds N] [--only PART,PART]
  notebook  [--rows N] [--steps N] [--cells N] [--rounds N] [--only PART,PART]
  start     [--rounds N]
  memory    [--rows N] [--limit SIZE]
  desktop   [--rounds N]

Prints a table of ratios, and the same as JSON on the last line. bench/README.md says what is compared.
`;

const [name = '', ...args] = process.argv.slice(2);
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (benchmark === undefined) {
  process.stderr.write(usage);
  process.exitCode = name === '--help' ? 0 : 2;
} else {
  try {
    await benchmark(args);
  } catch (error) {
    process.stderr.write(
      `bench ${name}: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}
