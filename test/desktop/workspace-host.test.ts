import { describe, expect, test } from 'vitest';
import type { HostHandle } from '../../electron/compat.ts';
import type { FromHost, ToHost } from '../../electron/host-messages.ts';
import { WorkspaceHost } from '../../electron/workspace-host.ts';
import type { SecretReply, SecretRequest } from '../../pipeline/host/secret-messages.ts';

/** A host process that does what the test says. */
class FakeProcess implements HostHandle {
  readonly kind = 'node-child';
  readonly pid = 1;
  readonly sent: ToHost[] = [];
  readonly attached: string[] = [];
  killed = false;
  say: (message: FromHost) => void = () => undefined;
  exit: (code: number | null) => void = () => undefined;

  send(message: ToHost): void {
    this.sent.push(message);
  }
  attach(id: string): void {
    this.attached.push(id);
  }
  onMessage(listener: (message: FromHost) => void): void {
    this.say = listener;
  }
  onExit(listener: (code: number | null) => void): void {
    this.exit = listener;
  }
  kill(): void {
    this.killed = true;
  }
}

const port = () => ({}) as ReturnType<Parameters<WorkspaceHost['connect']>[0]>;
const ready: FromHost = { kind: 'ready', name: 'Shop' };

function started() {
  const processes: FakeProcess[] = [];
  const events: string[] = [];
  const waits: (() => void)[] = [];
  const asked: { request: SecretRequest; reply: (reply: SecretReply) => void }[] = [];
  let now = 0;
  const host = new WorkspaceHost(
    {
      onReady: (name) => events.push(`ready ${name}`),
      onLost: () => events.push('lost'),
      onFailed: ({ code }) => events.push(`failed ${code}`),
      onJob: ({ state }) => events.push(`job ${state}`),
      onSecret: (request) => new Promise((reply) => asked.push({ request, reply })),
    },
    {
      fork: () => {
        const process = new FakeProcess();
        processes.push(process);
        return process;
      },
      now: () => now,
      wait: (_milliseconds, then) => waits.push(then),
    },
  );
  const newest = (): FakeProcess => {
    const process = processes.at(-1);
    if (process === undefined) throw new Error('nothing was forked');
    return process;
  };
  const later = (milliseconds: number): void => {
    now += milliseconds;
  };
  const goOn = (): void => waits.shift()?.();
  return { host, processes, events, asked, newest, later, goOn };
}

describe('the process of a workspace', () => {
  test('gets the ports of pages as soon as it is ready, and not before', () => {
    const { host, newest } = started();
    host.connect(port);
    expect(newest().attached).toEqual([]);
    newest().say(ready);
    host.connect(port);
    expect(newest().attached).toEqual(['1', '2']);
  });

  test('is started again after a crash, and pages that dial meanwhile reach the new one', () => {
    const { host, processes, events, newest, goOn } = started();
    newest().say(ready);
    newest().exit(null);
    host.connect(port);
    goOn();
    newest().say(ready);
    expect(processes).toHaveLength(2);
    expect(newest().attached).toEqual(['1']);
    expect(events).toEqual(['ready Shop', 'lost', 'ready Shop']);
  });

  test('is given up after four crashes within a minute, but not after four in an hour', () => {
    const often = started();
    for (let i = 0; i < 4; i += 1) {
      often.newest().exit(1);
      often.goOn();
    }
    expect(often.events.at(-1)).toBe('failed HOST_CRASHED');
    expect(often.processes).toHaveLength(4);
    const seldom = started();
    for (let i = 0; i < 8; i += 1) {
      seldom.newest().exit(1);
      seldom.later(20_001);
      seldom.goOn();
    }
    expect(seldom.events).toEqual(Array.from({ length: 8 }, () => 'lost'));
  });

  test('that cannot open its workspace says why and is not started again', () => {
    const { processes, events, newest, goOn } = started();
    const failure = { code: 'WORKSPACE_LOCKED', message: 'm', next: 'n' };
    newest().say({ kind: 'failed', failure });
    newest().exit(1);
    goOn();
    expect(events).toEqual(['failed WORKSPACE_LOCKED']);
    expect(newest().killed).toBe(true);
    expect(processes).toHaveLength(1);
  });

  test('is closed in order: it is told, and only its end is the end', async () => {
    const { host, events, newest } = started();
    newest().say(ready);
    let closed = false;
    const closing = host.close('cancel').then(() => {
      closed = true;
      return closed;
    });
    await Promise.resolve();
    expect(newest().sent).toEqual([{ kind: 'close', running: 'cancel' }]);
    expect(closed).toBe(false);
    newest().exit(0);
    await closing;
    await host.close('finish');
    expect(events).toEqual(['ready Shop', 'lost']);
  });

  test('is ended where it does not end by itself, unless it finishes a run', async () => {
    const stuck = started();
    stuck.newest().say(ready);
    const closing = stuck.host.close('cancel');
    stuck.goOn();
    expect(stuck.newest().killed).toBe(true);
    stuck.newest().exit(null);
    await closing;
    const busy = started();
    busy.newest().say(ready);
    const standing = { title: 'Run', state: 'running', share: null, outcome: '' } as const;
    busy.newest().say({ kind: 'job', standing });
    void busy.host.close('finish');
    busy.goOn();
    expect(busy.newest().killed).toBe(false);
    // Asked again, the run can still be stopped.
    void busy.host.close('cancel');
    expect(busy.newest().sent).toEqual([
      { kind: 'close', running: 'finish' },
      { kind: 'close', running: 'cancel' },
    ]);
  });

  test('takes no page any more once it is on its way out', () => {
    const { host, newest } = started();
    newest().say(ready);
    void host.close('cancel');
    host.connect(port);
    expect(newest().attached).toEqual([]);
  });

  test('that is closed while it opens hears of it when it has opened', async () => {
    const { host, newest } = started();
    const closing = host.close('finish');
    expect(newest().sent).toEqual([]);
    newest().say(ready);
    expect(newest().sent).toEqual([{ kind: 'close', running: 'finish' }]);
    newest().exit(0);
    await closing;
  });

  test('that is closed between a crash and its next start stays away', async () => {
    const { host, processes, newest, goOn } = started();
    newest().say(ready);
    newest().exit(null);
    await host.close('finish');
    goOn();
    expect(processes).toHaveLength(1);
  });

  test('is answered what it asks of a keychain, also on its way out, and never what another one asked', async () => {
    const { host, asked, newest, goOn } = started();
    const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
    const request = { kind: 'reveal', name: 'n' } as const;
    const reply = { kind: 'value', value: 'v' } as const;
    newest().say(ready);
    newest().say({ kind: 'secret', id: '1', request });
    const first = newest();
    first.exit(null);
    goOn();
    newest().say(ready);
    asked[0]?.reply(reply);
    await settled();
    expect([first.sent, newest().sent]).toEqual([[], []]);
    newest().say({ kind: 'secret', id: '1', request });
    void host.close('finish');
    newest().say({ kind: 'secret', id: '2', request: { kind: 'standing' } });
    asked[1]?.reply(reply);
    await settled();
    expect(asked.map((one) => one.request.kind)).toEqual(['reveal', 'reveal', 'standing']);
    expect(newest().sent).toEqual([
      { kind: 'close', running: 'finish' },
      { kind: 'secret', id: '1', reply },
    ]);
  });

  test('is known to be at work from its news, until the end of the job or its own', () => {
    const { host, newest } = started();
    newest().say(ready);
    const standing = { title: 'Run', state: 'running', share: 0.5, outcome: '' } as const;
    newest().say({ kind: 'job', standing });
    expect(host.running).toEqual(standing);
    newest().say({ kind: 'job', standing: { ...standing, state: 'done' } });
    expect(host.running).toBeNull();
    newest().say({ kind: 'job', standing });
    newest().exit(null);
    expect(host.running).toBeNull();
  });
});
