import { openScriptRunner } from '../../../pipeline/notebooks/script/browser/open-script-runner.ts';
import { outcome, scripts } from './script-cases.ts';

/** What the test asks of the page. */
export interface Asked {
  outcomes(): Promise<string[]>;
  /** What an endless script is told, and what TypeScript is. */
  refusals(): Promise<string[]>;
}

const asked: Asked = {
  async outcomes() {
    const runner = openScriptRunner();
    const found: string[] = [];
    for (const code of scripts) found.push(await outcome(runner, code));
    await runner.close();
    return found;
  },
  async refusals() {
    const runner = openScriptRunner({ timeoutMs: 1000 });
    const found = [
      await outcome(runner, 'for (;;);'),
      await outcome(runner, 'let a: number', { language: 'typescript' }),
      await outcome(runner, '1 + 1'),
    ];
    await runner.close();
    return found;
  },
};

Object.assign(globalThis, { asked });
