// Writes docs/reference/ from the code: run it with the pinned Node after changing a command, an error or a preset.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commonUsage } from '../pipeline/cli/command.ts';
import { commands } from '../pipeline/cli/commands.ts';
import { errorTable } from '../pipeline/contract/errors.ts';
import { functions } from '../pipeline/mapping/expression-sql.ts';
import { type Mapping, requiredFields } from '../pipeline/mapping/mapping.ts';
import { presets } from '../pipeline/mapping/presets.ts';
import { required, sqlType, targets } from '../pipeline/mapping/targets.ts';

const NOTE = '<!-- Written by scripts/write-reference.ts; do not edit. -->';

const code = (text: string): string => `\`${text}\``;

function errors(): string {
  const entries = Object.entries(errorTable).map(
    ([name, { message, exit, retry, next }]) => `## ${name}

${code(message)}

- What to do: ${code(next)}
- Exit: ${exit}
- Trying again helps: ${retry ? 'yes' : 'no'}`,
  );
  return `${NOTE}

# Errors

Every error that Strata raises on purpose. A word in braces is filled in when it happens. On the command line the code, the sentence and what to do stand on stderr; exit 2 means that the call itself was wrong, 1 that the work failed.

${entries.join('\n\n')}
`;
}

async function cli(): Promise<string> {
  const parts = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => {
      const { summary, usage } = await load();
      return `## ${name}

${summary[0]?.toUpperCase() ?? ''}${summary.slice(1)}.

\`\`\`text
${usage}
\`\`\``;
    }),
  );
  return `${NOTE}

# The command line

Every command also takes:

\`\`\`text
${commonUsage.replace(/^\n/, '')}
  -h, --help        say what it takes
\`\`\`

${parts.join('\n\n')}
`;
}

function presetText(preset: Mapping): string {
  const mandatory = new Set(requiredFields(preset));
  const fields = Object.entries(preset.fields).map(
    ([name, expression]) =>
      `- ${code(name)}: ${code(expression ?? '')}${mandatory.has(name) ? ', required' : ''}`,
  );
  const rejects = preset.reject.map(
    ({ reason, when }) => `- Quarantined as ${code(reason)} when ${code(when)}`,
  );
  return `### ${preset.name}

${preset.description}.

${[`- Kind: ${preset.kind}${preset.lines ? ', one record a line of an order' : ''}`, `- Identity: ${preset.identity}`, ...fields, ...rejects].join('\n')}`;
}

function mappings(): string {
  const calls = Object.entries(functions).map(([name, { args, result }]) => {
    const takes = 'each' in args ? `${args.each}, ...` : args.join(', ');
    return `- ${code(`${name}(${takes})`)} gives ${result}`;
  });
  const columns = targets.map(
    ({ name, type }) => `- ${code(name)}: ${type}, ${code(sqlType[type])}`,
  );
  const needs = Object.entries(required).map(
    ([kind, names]) => `- ${kind}: ${names.map(code).join(', ')}`,
  );
  return `${NOTE}

# Mappings

A mapping says which field of a record is the customer, the amount, the time. These are shipped; a workspace adds its own as \`mappings/NAME.json\`, with the same keys: \`name\`, \`description\`, \`kind\`, \`fields\`, \`identity\`, \`lines\`, \`reject\`, \`timeFormat\`.

## Expressions

A field is an expression over the record's own fields: names (in backticks where they hold other characters), numbers, \`'text'\`, \`+ - * /\`, \`= <> < <= > >=\`, \`and\`, \`or\`, \`not\`, \`is null\`, \`is not null\`, parentheses, and these functions:

${calls.join('\n')}

## Columns

What a mapping may fill, and as what it is read. A value that does not read as its type quarantines the record.

${columns.join('\n')}

Required, by kind:

${needs.join('\n')}

## Presets

${[...presets.values()].map(presetText).join('\n\n')}
`;
}

/** Every page of docs/reference/ by its path in the repository. */
export async function references(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/cli.md', await cli()],
    ['docs/reference/errors.md', errors()],
    ['docs/reference/mappings.md', mappings()],
  ]);
}

const root = new URL('..', import.meta.url);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of await references()) {
    const file = fileURLToPath(new URL(path, root));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
