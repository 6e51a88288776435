import { EventEmitter } from 'node:events';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

/** What only a current Electron has: no binary of it can be had where these tests must run. */
const fake = vi.hoisted(() => ({
  utilityProcess: { fork: vi.fn() },
  protocol: { handle: vi.fn() },
  safeStorage: { isAsyncEncryptionAvailable: vi.fn() },
}));
vi.mock('electron', () => fake);

const {
  denyNewWindows,
  denyPermissions,
  fileAt,
  forkHelper,
  forkHost,
  safeStorage,
  senderUrl,
  serveFolder,
} = await import('../../electron/compat.ts');

beforeEach(() => vi.clearAllMocks());

describe('in a current Electron', () => {
  test('the host is a utility process, and a port goes to it whole', () => {
    const child = Object.assign(new EventEmitter(), {
      pid: 5,
      postMessage: vi.fn(),
      kill: vi.fn(),
    });
    fake.utilityProcess.fork.mockReturnValue(child);
    const host = forkHost({
      name: 'Strata host',
      path: '/app/host.js',
      args: ['/w', '--demo'],
      node: 'unused',
    });
    expect(fake.utilityProcess.fork).toHaveBeenCalledWith('/app/host.js', ['/w', '--demo'], {
      serviceName: 'Strata host',
      stdio: 'inherit',
    });
    const port = { on: vi.fn() } as unknown as Parameters<typeof host.attach>[1];
    host.attach('7', port);
    expect(child.postMessage).toHaveBeenCalledWith({ kind: 'port', id: '7' }, [port]);
    const seen: unknown[] = [];
    host.onMessage((message) => seen.push(message));
    host.onExit((code) => seen.push(code));
    child.emit('message', { kind: 'ready', name: 'Shop' });
    child.emit('exit', 9);
    expect(seen).toEqual([{ kind: 'ready', name: 'Shop' }, 9]);
    expect([host.kind, host.pid]).toEqual(['utilityProcess', 5]);
  });

  test('a helper is one, too, from beside the archive', () => {
    const child = Object.assign(new EventEmitter(), { postMessage: vi.fn(), kill: vi.fn() });
    fake.utilityProcess.fork.mockReturnValue(child);
    const path = '/x/app.asar/dist/help.js';
    const helper = forkHelper<{ n: number }, string>({ name: 'Help', path, args: [], node: '' });
    expect(fake.utilityProcess.fork.mock.calls).toEqual([
      ['/x/app.asar.unpacked/dist/help.js', [], { serviceName: 'Help', stdio: 'inherit' }],
    ]);
    const seen: unknown[] = [];
    helper.onMessage((message) => seen.push(message));
    helper.onExit((code) => seen.push(code));
    helper.send({ n: 1 });
    child.emit('message', 'done');
    child.emit('error', 'FatalError');
    child.emit('exit', 3);
    helper.kill();
    expect([seen, child.postMessage.mock.calls]).toEqual([['done', 3], [[{ n: 1 }]]]);
    expect(child.kill).toHaveBeenCalledOnce();
  });

  test('app:// is answered with type and headers from its folder, and 404 from nowhere else', async () => {
    const folder = await temporaryFolder();
    writeFileSync(join(folder, 'index.html'), '<p>');
    serveFolder('app', folder, { 'Content-Security-Policy': "default-src 'none'" });
    const [scheme, handler] = fake.protocol.handle.mock.calls[0] as [
      string,
      (request: { url: string }) => Promise<Response>,
    ];
    expect(scheme).toBe('app');
    const page = await handler({ url: 'app://strata/' });
    expect([page.status, await page.text(), page.headers.get('content-type')]).toEqual([
      200,
      '<p>',
      'text/html; charset=utf-8',
    ]);
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect((await handler({ url: 'app://strata/none.js' })).status).toBe(404);
  });

  test('no window is opened, no permission given, and a message has the address of its frame', () => {
    const contents = { setWindowOpenHandler: vi.fn() };
    const denied: string[] = [];
    denyNewWindows(contents as never, (url) => denied.push(url));
    const answer = contents.setWindowOpenHandler.mock.calls[0]?.[0]({ url: 'https://a/' });
    expect([answer, denied]).toEqual([{ action: 'deny' }, ['https://a/']]);
    const session = {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
    };
    denyPermissions(session as never);
    const granted = vi.fn();
    session.setPermissionRequestHandler.mock.calls[0]?.[0](null, 'media', granted);
    expect(granted).toHaveBeenCalledWith(false);
    expect(session.setPermissionCheckHandler.mock.calls[0]?.[0]()).toBe(false);
    expect(session.setDevicePermissionHandler.mock.calls[0]?.[0]()).toBe(false);
    const sender = { getURL: () => 'app://strata/index.html' };
    expect(senderUrl({ sender, senderFrame: { url: 'https://frame/' } } as never)).toBe(
      'https://frame/',
    );
    // A frame that is gone by now is nobody's.
    expect(senderUrl({ sender, senderFrame: null } as never)).toBe('');
  });
});

test('what keeps passwords is there or is not, as Electron has it', () => {
  expect(safeStorage()).toBe(fake.safeStorage);
});

test('an address names a file within its folder or nothing', async () => {
  const outer = realpathSync.native(await temporaryFolder());
  const folder = join(outer, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '');
  writeFileSync(join(folder, 'assets', 'a b.js'), '');
  writeFileSync(join(folder, '.hidden'), '');
  writeFileSync(join(outer, 'secret.txt'), '');
  symlinkSync(join(outer, 'secret.txt'), join(folder, 'link.txt'));
  const at = (path: string): Promise<string | null> => fileAt(folder, `app://strata${path}`);
  expect(await at('/')).toBe(join(folder, 'index.html'));
  expect(await at('/assets/a%20b.js?x#y')).toBe(join(folder, 'assets', 'a b.js'));
  for (const path of [
    '/assets',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/.hidden',
    '/link.txt',
    '/index.html%00.js',
    '/%',
  ]) {
    expect([path, await at(path)]).toEqual([path, null]);
  }
});
