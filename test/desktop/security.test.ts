import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({}));

const { confine, isOwnPage, lockSession } = await import('../../electron/security.ts');

test('only addresses of the application itself are its own', () => {
  expect(['app://strata', 'app://strata/index.html?a#b'].map(isOwnPage)).toEqual([true, true]);
  for (const url of [
    'app://strata.evil.example/',
    'app://strata@evil.example/',
    'app://stratax',
    'app://other/index.html',
    'https://strata/',
    'file:///app://strata/',
    'about:blank',
    '',
  ]) {
    expect([url, isOwnPage(url)]).toEqual([url, false]);
  }
});

describe('a page', () => {
  function confined() {
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() });
    const lines: string[] = [];
    confine(contents as never, (line) => lines.push(line));
    const goes = (event: string, url: string): boolean => {
      const preventDefault = vi.fn();
      contents.emit(event, { preventDefault }, url);
      return preventDefault.mock.calls.length === 0;
    };
    return { contents, lines, goes };
  }

  test('may load itself again and go nowhere else, by link or by redirect', () => {
    const { goes, lines } = confined();
    for (const event of ['will-navigate', 'will-redirect']) {
      expect(goes(event, 'app://strata/index.html')).toBe(true);
      expect(goes(event, 'https://evil.example/')).toBe(false);
      expect(goes(event, 'javascript:alert(1)')).toBe(false);
    }
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe('refused to go to https://evil.example/');
  });

  test('gets no webview and no window', () => {
    const { contents, goes, lines } = confined();
    expect(goes('will-attach-webview', '')).toBe(false);
    const opened = contents.setWindowOpenHandler.mock.calls[0]?.[0]({ url: 'app://strata/' });
    expect([opened, lines]).toEqual([{ action: 'deny' }, ['refused to open app://strata/']]);
  });
});

describe('a session', () => {
  function locked() {
    const session = Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setSpellCheckerLanguages: vi.fn(),
      setSpellCheckerDictionaryDownloadURL: vi.fn(),
      webRequest: { onBeforeRequest: vi.fn() },
    });
    const lines: string[] = [];
    lockSession(session as never, (line) => lines.push(line));
    return { session, lines };
  }

  test('answers the addresses of this machine and cancels every other', () => {
    const { session, lines } = locked();
    const answered = (url: string): unknown => {
      const answer = vi.fn();
      session.webRequest.onBeforeRequest.mock.calls[0]?.[0]({ url }, answer);
      return answer.mock.calls[0]?.[0];
    };
    for (const url of ['app://strata/a.js', 'data:image/png;base64,', 'blob:app://strata/1']) {
      expect([url, answered(url)]).toEqual([url, { cancel: false }]);
    }
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'ftp://a/',
      'https://a/?app:',
    ]) {
      expect([url, answered(url)]).toEqual([url, { cancel: true }]);
    }
    expect(lines).toContain('refused to fetch file:///etc/passwd');
  });

  test('has no language whose dictionary Chromium would fetch, and no place to fetch it from', () => {
    const { session } = locked();
    expect(session.setSpellCheckerLanguages.mock.calls).toEqual([[[]]]);
    const [[from] = []] = session.setSpellCheckerDictionaryDownloadURL.mock.calls as string[][];
    expect(new URL(from ?? '').hostname).toBe('127.0.0.1');
  });

  test('downloads what the page itself made, and nothing else', () => {
    const { session } = locked();
    const downloads = (url: string): boolean => {
      const preventDefault = vi.fn();
      session.emit('will-download', { preventDefault }, { getURL: () => url });
      return preventDefault.mock.calls.length === 0;
    };
    expect(['blob:app://strata/1', 'data:image/png,'].map(downloads)).toEqual([true, true]);
    expect(['https://a/x.exe', 'app://strata/index.html'].map(downloads)).toEqual([false, false]);
  });
});
