import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { judgeSpelling } from '../../electron/spelling/dictionaries.ts';
import type { HelperProcess } from '../../electron/compat.ts';
import { LazyDictionaries } from '../../electron/spelling/lazy-dictionaries.ts';
import { OwnWords } from '../../electron/spelling/own-words.ts';
import { proseWords } from '../../electron/spelling/prose-words.ts';
import { SpellChecker } from '../../electron/spelling/spell-checker.ts';
import type {
  FromDictionaries,
  SpellingQuestion,
  ToDictionaries,
} from '../../electron/spelling/spelling-messages.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

const nothingOwn = { has: () => false, add: () => undefined };

const checker = (own: { has(word: string): boolean; add(word: string): void } = nothingOwn) =>
  new SpellChecker({ own, dictionaries: { ask: async (question) => judgeSpelling(question) } });

describe('of a Markdown text', () => {
  const wordsOf = (text: string): string[] => [...proseWords(text)];

  test('the prose is judged: headings, emphasis, lists, the texts of links', () => {
    expect(
      wordsOf('# Lapsd _custmers_ of **Gold**\n\n- don’t [reed this](https://a.example/xyz)'),
    ).toEqual(['Lapsd', 'custmers', 'of', 'Gold', 'don’t', 'reed', 'this']);
  });

  test.each([
    ['code', 'Ask `selct frm` or ``a ` bcd`` now', ['Ask', 'or', 'now']],
    ['a fence', 'Then\n\n```sql\nselct\n\nfrm\n```\n\nrest', ['Then', 'rest']],
    ['a fence that is still open', 'Then\n~~~\nselct frm', ['Then']],
    ['a fence in a longer one', '````\n```\nselct\n```\n````\nrest', ['rest']],
    ['a span after a lone tick', 'a `` b ``` and `selct` rest', ['a', 'b', 'and', 'rest']],
    ['what goes on without a space', `so ${'selct,'.repeat(40)} rest`, ['so', 'rest']],
    [
      'identifiers',
      'join top_custmrs, custId, k2 and Rfm3x with RFM or KPIs',
      ['join', 'and', 'with', 'or'],
    ],
    [
      'names of files and places',
      'see models/gld/custmr.sql, notes.mdx and /hme/me',
      ['see', 'and'],
    ],
    ['addresses', 'at https://exampel.org/abc?d=efg, www.exmple.org, a.b@exmple.org', ['at']],
    ['targets of links', '![chrt](img/xyzw.png)\n\n[1]: http://abcd.efg', ['chrt']],
    ['tags', 'a <span clss="xyzw">word</span>', ['a', 'word']],
  ])('%s is none', (_what, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('a word that stands in prose, too, is judged', () => {
    expect(wordsOf('`custmr` and custmr')).toEqual(['and', 'custmr']);
  });
});

describe('the spell-checker', () => {
  test('knows English, and the words of the trade however they are written', async () => {
    const right = [
      ...['Strata', 'DuckDB', 'Kafka', "Kafka's", 'Parquet', 'winsorized', 'recency', 'Silhouette'],
      ...[
        'dataset',
        'lakehouse',
        'ndjson',
        'Means',
        'K',
        'customers',
        'don’t',
        "customer's",
        'churn',
      ],
    ];
    const wrong = ['segmnt', 'Custmers', 'recieve', 'Kafak'];
    expect(await checker().misspelt([...right, ...wrong])).toEqual(wrong);
  });

  test('suggests what was meant, a handful at most', async () => {
    expect((await checker().suggestions('segmnt'))?.[0]).toBe('segment');
    expect(await checker().suggestions('custmers')).toContain('customers');
    expect((await checker().suggestions('teh'))?.length).toBeLessThanOrEqual(5);
    expect(await checker().suggestions('x'.repeat(65))).toEqual([]);
  });

  test('takes from a page a bounded list of words and nothing else', async () => {
    for (const asked of [null, 'segmnt', { 0: 'segmnt' }, [{}, 5, 'y'.repeat(65)]]) {
      expect(await checker().misspelt(asked)).toEqual([]);
    }
    const many = Array.from({ length: 5000 }, () => 'segmnt');
    expect(await checker().misspelt(many)).toHaveLength(4000);
  });

  test('does not keep a menu waiting for a process that says nothing', async () => {
    vi.useFakeTimers();
    const dictionaries = { ask: () => new Promise<readonly string[]>(() => undefined) };
    const given = new SpellChecker({ own: nothingOwn, dictionaries }).suggestions('segmnt');
    await vi.advanceTimersByTimeAsync(500);
    expect(await given).toBeNull();
    vi.useRealTimers();
  });
});

describe('the words that a user adds', () => {
  const open = async () => {
    const path = join(await temporaryFolder(), 'deep', 'dictionary.txt');
    const lines: string[] = [];
    return { path, lines, own: () => new OwnWords(path, (line) => lines.push(line)) };
  };

  test('are right from then on, in a file of lines that survives a restart', async () => {
    const { path, own } = await open();
    const words = own();
    const judge = checker(words);
    expect(await judge.misspelt(['Zalendo', 'segmnt'])).toEqual(['Zalendo', 'segmnt']);
    judge.learn('Zalendo’s');
    expect(await judge.misspelt(['Zalendo', 'zalendo', "Zalendo's", 'segmnt'])).toEqual(['segmnt']);
    judge.learn('Zalendo');
    judge.learn('Mikä-Mikä');
    expect(readFileSync(path, 'utf8')).toBe('Zalendo\nMikä-Mikä\n');
    expect(readdirSync(dirname(path))).toEqual(['dictionary.txt']);
    expect([own().has('zalendo'), own().has('segmnt')]).toEqual([true, false]);
  });

  test('that were written into the file by hand stay there, and so do lines that are none', async () => {
    const { path, own } = await open();
    const words = own();
    words.add('Zalendo');
    writeFileSync(path, `Zalendo\r\nHandmaid\r\n\r\n{"a":1}\n${'z'.repeat(70)}\n`);
    words.add('Third');
    words.add('two words');
    const rest = `{"a":1}\n${'z'.repeat(70)}\n`;
    expect(readFileSync(path, 'utf8')).toBe(`Zalendo\nHandmaid\n${rest}Third\n`);
    expect(words.has('handmaid')).toBe(true);
  });

  test('are the newest five thousand', async () => {
    const { path, own } = await open();
    mkdirSync(dirname(path));
    const letters = (i: number): string =>
      String(i).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
    writeFileSync(path, Array.from({ length: 6000 }, (_, i) => `${letters(10000 + i)}\n`).join(''));
    const words = own();
    words.add('newest');
    const kept = readFileSync(path, 'utf8').trim().split('\n');
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([5000, letters(11001), 'newest']);
  });

  test('are not written over a file that cannot be read', async () => {
    const { path, lines, own } = await open();
    mkdirSync(dirname(path));
    const utf16 = Buffer.from('\ufeffZalendo\n', 'utf16le');
    writeFileSync(path, utf16);
    const words = own();
    words.add('Third');
    expect([words.has('third'), words.has('zalendo')]).toEqual([true, false]);
    expect(readFileSync(path).equals(utf16)).toBe(true);
    expect(lines).toEqual([expect.stringContaining('dictionary.txt was not read')]);
    // Mended, it is taken up again.
    writeFileSync(path, '\ufeffZalendo\n');
    words.add('Fourth');
    expect(readFileSync(path, 'utf8')).toBe('Third\nZalendo\nFourth\n');
  });

  test('that cannot be written are known all the same', async () => {
    const { path, lines, own } = await open();
    mkdirSync(`${path}.new`, { recursive: true });
    const words = own();
    words.add('Zalendo');
    expect([words.has('zalendo'), lines.length]).toEqual([true, 1]);
    expect(lines[0]).toContain('dictionary was not written');
  });
});

describe('the process with the dictionaries', () => {
  function processes() {
    const started: { sent: ToDictionaries[]; killed: boolean; out: EventEmitter }[] = [];
    const lines: string[] = [];
    const fork = (): HelperProcess<ToDictionaries, FromDictionaries> => {
      const one = { sent: [] as ToDictionaries[], killed: false, out: new EventEmitter() };
      started.push(one);
      return {
        pid: started.length,
        send: (message) => void one.sent.push(message),
        onMessage: (listener) => one.out.on('message', listener),
        onExit: (listener) => one.out.on('exit', listener),
        kill: () => {
          one.killed = true;
          one.out.emit('exit', 0);
        },
      };
    };
    const dictionaries = new LazyDictionaries({ fork, log: (line) => lines.push(line) });
    return { started, lines, dictionaries };
  }
  const question = (word: string): SpellingQuestion => ({ kind: 'suggestions', word });

  test('is started by the first question, and gives each its own answer', async () => {
    const { started, dictionaries } = processes();
    expect(started).toHaveLength(0);
    const answers = [dictionaries.ask(question('a')), dictionaries.ask(question('b'))];
    const [only] = started;
    for (const { id, question: asked } of only?.sent.toReversed() ?? []) {
      const words = [asked.kind === 'suggestions' ? asked.word : ''];
      only?.out.emit('message', { id, words });
    }
    expect(await Promise.all(answers)).toEqual([['a'], ['b']]);
    expect(started).toHaveLength(1);
  });

  test('that crashes leaves nobody waiting and is started anew, thrice at most', async () => {
    const { started, lines, dictionaries } = processes();
    for (let times = 1; times <= 3; times += 1) {
      const unanswered = dictionaries.ask(question('a'));
      expect(started).toHaveLength(times);
      started.at(-1)?.out.emit('exit', 1);
      expect(await unanswered).toBeNull();
    }
    expect(await dictionaries.ask(question('a'))).toBeNull();
    expect([started.length, lines.length]).toEqual([3, 3]);
  });

  test('that hangs leaves nobody waiting; one that is slow, but answers, goes on', async () => {
    vi.useFakeTimers();
    const { started, lines, dictionaries } = processes();
    const [first, second] = [dictionaries.ask(question('a')), dictionaries.ask(question('b'))];
    vi.advanceTimersByTime(9999);
    started[0]?.out.emit('message', { id: 1, words: ['a'] });
    vi.advanceTimersByTime(9999);
    expect([started[0]?.killed, lines]).toEqual([false, []]);
    vi.advanceTimersByTime(1);
    expect(await Promise.all([first, second])).toEqual([['a'], null]);
    expect([started[0]?.killed, lines.length]).toEqual([true, 1]);
    void dictionaries.ask(question('c'));
    expect(started).toHaveLength(2);
    vi.useRealTimers();
  });

  test('answers its parent as a utility process of a current Electron does', async () => {
    const parentPort = Object.assign(new EventEmitter(), { postMessage: vi.fn() });
    Object.assign(process, { parentPort });
    await import('../../electron/spelling/dictionary-process.ts');
    Reflect.deleteProperty(process, 'parentPort');
    const asked: SpellingQuestion = { kind: 'misspelt', words: ['customers', 'segmnt'] };
    parentPort.emit('message', { data: { id: 4, question: asked } satisfies ToDictionaries });
    expect(parentPort.postMessage.mock.calls).toEqual([[{ id: 4, words: ['segmnt'] }]]);
  });

  test('that nobody asks is ended, which is no crash, and comes back when it is needed', () => {
    vi.useFakeTimers();
    const { started, lines, dictionaries } = processes();
    const ask = (word: string): void => {
      void dictionaries.ask(question(word));
      const { id } = started.at(-1)?.sent.at(-1) ?? {};
      started.at(-1)?.out.emit('message', { id, words: [] });
    };
    for (let times = 1; times <= 5; times += 1) {
      ask('a');
      vi.advanceTimersByTime(299_999);
      ask('b');
      vi.advanceTimersByTime(299_999);
      expect([started.length, started.at(-1)?.killed]).toEqual([times, false]);
      vi.advanceTimersByTime(1);
      expect(started.at(-1)?.killed).toBe(true);
    }
    expect(lines).toEqual([]);
    vi.useRealTimers();
  });
});
