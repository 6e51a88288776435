import fc from 'fast-check';

/** Blank space that JSON allows between two tokens. */
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

const unusual = (text: string, escaped: boolean): string => {
  const json = JSON.stringify(text);
  return escaped
    ? json.replaceAll(/[\u007f-\uffff/]/g, (one) =>
        one === '/' ? '\\/' : `\\u${one.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
      )
    : json;
};

const word = fc.string({ unit: 'binary', maxLength: 12 });
const textJson = fc.tuple(word, fc.boolean()).map(([text, escaped]) => unusual(text, escaped));
const scalar = fc.oneof(
  textJson,
  fc.constantFrom(
    'null',
    'true',
    'false',
    '0',
    '-0',
    '1.50',
    '1E+2',
    '12345678901234567890',
    '1e-7',
  ),
);

const between = (
  open: string,
  parts: readonly string[],
  close: string,
  blanks: readonly string[],
): string => {
  const blank = (i: number): string => blanks[i % Math.max(1, blanks.length)] ?? '';
  const inner = parts.map((part, i) => `${blank(i)}${part}${blank(i + 1)}`).join(',');
  return `${open}${inner}${close}`;
};

const blanks = fc.array(space, { minLength: 1, maxLength: 4 });

/** An object with names that are each there once. */
function objectOf(
  members: readonly (readonly [string, string])[],
  gaps: readonly string[],
): string {
  const colon = gaps[0] ?? '';
  return between(
    '{',
    members.map(([name, value]) => `${name}${colon}:${gaps.at(-1)}${value}`),
    '}',
    gaps,
  );
}

const { metadata } = fc.letrec<{ metadata: string; value: string; list: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, tie('metadata'), tie('list')),
  list: fc
    .tuple(fc.array(tie('value'), { maxLength: 3 }), blanks)
    .map(([values, gaps]) => between('[', values, ']', gaps)),
  metadata: fc
    .tuple(
      fc.dictionary(
        fc.oneof(word, fc.constantFrom('__proto__', 'constructor', 'tags-', 'strata-')),
        tie('value'),
        { maxKeys: 3, noNullPrototype: true },
      ),
      blanks,
    )
    .map(([members, gaps]) =>
      objectOf(
        Object.entries(members).map(([name, value]) => [JSON.stringify(name), value]),
        gaps,
      ),
    ),
}));

const lines = fc.oneof(
  textJson,
  fc
    .tuple(fc.array(textJson, { maxLength: 4 }), blanks)
    .map(([texts, gaps]) => between('[', texts, ']', gaps)),
);

const output = fc.oneof(
  fc.tuple(lines, blanks).map(([text, gaps]) =>
    objectOf(
      [
        ['"text"', text],
        ['"output_type"', '"stream"'],
        ['"name"', '"stdout"'],
      ],
      gaps,
    ),
  ),
  fc.tuple(lines, metadata, blanks).map(([text, value, gaps]) =>
    objectOf(
      [
        ['"output_type"', '"display_data"'],
        ['"metadata"', '{}'],
        [
          '"data"',
          objectOf(
            [
              ['"text/html"', text],
              ['"application/json"', value],
            ],
            gaps,
          ),
        ],
      ],
      gaps,
    ),
  ),
);

const cell = fc
  .record({
    type: fc.constantFrom('code', 'markdown', 'raw'),
    source: lines,
    metadata,
    outputs: fc.array(output, { maxLength: 2 }),
    count: fc.constantFrom('null', '0', '7'),
    gaps: blanks,
    reversed: fc.boolean(),
  })
  .map(
    ({ type, source, metadata: meta, outputs, count, gaps, reversed }) =>
      (id: string | null): string => {
        const members: [string, string][] = [
          ['"cell_type"', `"${type}"`],
          ['"metadata"', meta],
          ['"source"', source],
        ];
        if (id !== null) members.push(['"id"', `"${id}"`]);
        if (type === 'code') {
          members.push(
            ['"outputs"', between('[', outputs, ']', gaps)],
            ['"execution_count"', count],
          );
        }
        return objectOf(reversed ? members.toReversed() : members, gaps);
      },
  );

/** Valid notebooks with blank space, escapes, orders and numbers as nobody would write them, and the text of each cell. */
export const oddNotebook: fc.Arbitrary<{
  readonly text: string;
  readonly cells: readonly string[];
}> = fc
  .record({
    cells: fc.array(cell, { maxLength: 5 }),
    metadata,
    minor: fc.constantFrom(0, 4, 5),
    gaps: blanks,
    around: fc.tuple(fc.constantFrom('', '\uFEFF'), space, space),
  })
  .map(({ cells, metadata: meta, minor, gaps, around }) => {
    const texts = cells.map((make, i) => make(minor < 5 ? null : `id-${i}`));
    const notebook = objectOf(
      [
        ['"metadata"', meta],
        ['"nbformat"', '4'],
        ['"cells"', between('[', texts, ']', gaps)],
        ['"nbformat_minor"', String(minor)],
      ],
      gaps,
    );
    return { text: around[0] + around[1] + notebook + around[2], cells: texts };
  });
