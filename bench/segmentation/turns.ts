import type { z } from 'zod';
import { type Command, measure, type Measured } from '../measure.ts';
import { say } from '../report.ts';

/** A contender's turn: seconds by its own clock around the work, and its whole process from outside. */
export interface Turn<Result> {
  readonly seconds: number;
  readonly measured: Measured;
  readonly result: Result;
}

/** Runs a command whose last line is JSON with the seconds of its work. */
export async function takeTurn<Result extends { readonly seconds: number }>(
  command: Command,
  schema: z.ZodType<Result>,
): Promise<Turn<Result>> {
  const measured = await measure(command);
  const result = schema.parse(JSON.parse(measured.stdout.trim().split('\n').at(-1) ?? ''));
  return { seconds: result.seconds, measured, result };
}

type Contenders = Readonly<Record<string, () => Promise<{ readonly seconds: number }>>>;
type Turns<C extends Contenders> = { [Name in keyof C]: Awaited<ReturnType<C[Name]>> };

/** Turn by turn, so that what else the machine does meets all of them; the quickest turn of each counts. */
export async function bestOfRounds<C extends Contenders>(
  work: string,
  rounds: number,
  contenders: C,
): Promise<Turns<C>> {
  const best = new Map<string, { readonly seconds: number }>();
  for (let round = 1; round <= rounds; round += 1) {
    say(`${work}: round ${round} of ${rounds}`);
    for (const [name, takeTurn] of Object.entries(contenders)) {
      const turn = await takeTurn();
      const before = best.get(name);
      if (before === undefined || turn.seconds < before.seconds) best.set(name, turn);
    }
  }
  return Object.fromEntries(best) as Turns<C>;
}
