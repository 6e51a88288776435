const fenceLine = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/;

/** A closing fence has the marks of the opening one, as many or more, and nothing else. */
const closes = (opened: string, marks: string, rest: string): boolean =>
  marks.startsWith(opened) && rest.trim() === '';

function withoutFences(markdown: string): string {
  let opened: string | null = null;
  const kept: string[] = [];
  for (const line of markdown.split('\n')) {
    const [, marks, rest = ''] = fenceLine.exec(line) ?? [];
    if (opened === null && marks !== undefined && !(marks[0] === '`' && rest.includes('`'))) {
      opened = marks;
    } else if (opened === null) {
      kept.push(line);
    } else if (marks !== undefined && closes(opened, marks, rest)) {
      opened = null;
      kept.push('');
    }
  }
  return kept.join('\n');
}

/** A run of backticks opens a span where another of the same length follows, and stands for itself where none does. */
function withoutSpans(markdown: string): string {
  const runs = [...markdown.matchAll(/`+/g)];
  const closing = new Map<number, number>();
  const nextOfLength = new Map<number, number>();
  for (let i = runs.length - 1; i >= 0; i -= 1) {
    const { index = 0, 0: run = '' } = runs[i] ?? {};
    const next = nextOfLength.get(run.length);
    if (next !== undefined) closing.set(index, next);
    nextOfLength.set(run.length, index);
  }
  let text = '';
  let from = 0;
  for (const { index, 0: run } of runs) {
    const end = closing.get(index);
    if (index < from || end === undefined) continue;
    text += `${markdown.slice(from, index)} `;
    from = end + run.length;
  }
  return text + markdown.slice(from);
}

/** A Markdown text without its code, in time that grows as the text does. */
export const codeFree = (markdown: string): string => withoutSpans(withoutFences(markdown));
