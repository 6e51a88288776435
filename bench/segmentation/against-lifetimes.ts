import { z } from 'zod';
import { measure } from '../measure.ts';
import { peerScript } from '../peers.ts';
import { say } from '../report.ts';
import { strataSide } from './against-sklearn.ts';
import { compare, type Comparison, type Part } from './comparison.ts';
import { type Clock, purchaseFile } from './purchases.ts';
import { bestOfRounds, takeTurn, type Turn } from './turns.ts';

const SIZES = [10_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];
const LIMIT_SECONDS = 60;
/** Optimisers stop near the maximum, where the likelihood is flat. */
const LIKELIHOOD_SHARE = 1e-6;

const fit = z.object({ seconds: z.number(), logLikelihood: z.number() });
const fitOrNot = z.union([fit, z.object({ seconds: z.null() })]);

interface Input {
  readonly path: string;
  readonly customers: number;
  readonly clock: Clock;
}

const ours = ({ path }: Input, size: number) => takeTurn(strataSide('bg-nbd', path, size), fit);

function lifetimes({ path }: Input, size: number) {
  const args = [path, String(size), String(LIMIT_SECONDS)];
  return peerScript('peers-clv', 'lifetimes_bgnbd.py', args);
}

/** The largest number of customers that lifetimes fits within a minute. */
async function largestSize(input: Input): Promise<number> {
  const sizes = [...SIZES.filter((size) => size < input.customers), input.customers];
  let largest = 0;
  for (const size of sizes) {
    say(`lifetimes on ${size} customers`);
    const { stdout } = await measure(lifetimes(input, size));
    const found = fitOrNot.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    if (found.seconds === null) break;
    largest = size;
  }
  if (largest === 0) throw new Error('lifetimes fits not even the fewest customers in a minute.');
  return largest;
}

type Fit = Turn<z.infer<typeof fit>>;

function requireSameLikelihood(strata: Fit, peer: Fit): void {
  const [a, b] = [strata.result.logLikelihood, peer.result.logLikelihood];
  if (Math.abs(a - b) <= LIKELIHOOD_SHARE * Math.abs(b)) return;
  throw new Error(`The log-likelihoods differ: ${a}, and ${b} of lifetimes.`);
}

/** Customers a second: ours of all of them to lifetimes' of as many as it fits. */
function bySize(row: Comparison, all: Fit, { peer, share }: { peer: Fit; share: number }) {
  const same = share === 1;
  const peak = all.measured.peakBytes;
  return {
    ...row,
    speed: peer.seconds / share / all.seconds,
    wholeProcess: same ? row.wholeProcess : null,
    cpu: same ? row.cpu : null,
    memory: same ? row.memory : null,
    ourMegabytes: peak === null ? null : Math.round(peak / 1e6),
  };
}

/** BG/NBD on synthetic customers. */
export async function againstLifetimes(options: {
  readonly customers: number;
  readonly rounds: number;
  readonly clock: Clock;
  readonly aim: string;
}): Promise<Part> {
  const { customers, rounds, clock, aim } = options;
  const input = { path: await purchaseFile(customers, clock), customers, clock };
  const size = await largestSize(input);
  const name = `BG/NBD, ${customers} customers, ${clock}`;
  const turns = await bestOfRounds(name, rounds, {
    strata: () => ours(input, customers),
    lifetimes: () => takeTurn(lifetimes(input, size), fit),
  });
  const alike = size === customers ? turns.strata : await ours(input, size);
  requireSameLikelihood(alike, turns.lifetimes);
  const peer = `lifetimes, ${size} customers`;
  const row = compare({ work: name, peer, aim }, alike, turns.lifetimes);
  const apart = alike.result.logLikelihood - turns.lifetimes.result.logLikelihood;
  return {
    comparisons: [bySize(row, turns.strata, { peer: turns.lifetimes, share: size / customers })],
    notes: [[`${name}: our log-likelihood less theirs, ${size} customers`, apart.toExponential(1)]],
    figures: {
      [`BG/NBD ${clock} customers`]: customers,
      [`BG/NBD ${clock} customers, lifetimes`]: size,
      [`BG/NBD ${clock} seconds, strata`]: turns.strata.seconds,
      [`BG/NBD ${clock} seconds, lifetimes`]: turns.lifetimes.seconds,
    },
  };
}
