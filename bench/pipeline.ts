import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { requireAgreement } from './agree.ts';
import { benchArguments } from './arguments.ts';
import { type BenchInput, bankInput } from './input.ts';
import { best, measure, type Measured, together } from './measure.ts';
import { ensurePeers, peerCommand, type PeerName, peerNames, readPeer } from './peers.ts';
import { inScratch } from './places.ts';
import { comparePeers, figures, printJson, printTable, say } from './report.ts';
import { ingest, kpis, type Overall, readOverall, readRun, run } from './strata.ts';

interface OurRound {
  readonly ingest: Measured;
  readonly run: Measured;
  readonly emptyRun: Measured;
  readonly later: Measured;
  readonly overall: Overall;
}

async function ourRound(input: BenchInput): Promise<OurRound> {
  return inScratch(async (folder) => {
    const workspace = join(folder, 'workspace');
    const ingested = await measure(ingest(input.path, 'bank', workspace));
    const first = await measure(run(workspace));
    const overall = readOverall(await measure(kpis(workspace)));
    const emptyRun = await measure(run(workspace));
    const later = together([
      await measure(ingest(input.laterPath, 'bank', workspace)),
      await measure(run(workspace)),
    ]);
    return { ingest: ingested, run: first, emptyRun, later, overall };
  });
}

async function peerRound(name: PeerName, input: BenchInput): Promise<Measured> {
  return inScratch((folder) => measure(peerCommand(name, input.path, join(folder, 'out'))));
}

function printShares(title: string, parts: Readonly<Record<string, number>>): void {
  const whole = Object.values(parts).reduce((sum, part) => sum + part, 0);
  process.stdout.write('\n');
  printTable(
    [title, 'share'],
    Object.entries(parts).map(([name, part]) => [name, `${((part / whole) * 100).toFixed(1)}%`]),
  );
}

/** Where a first run's time goes; "outside the steps" is starting, opening and closing. */
function ourStages(ingested: Measured, ran: Measured): Record<string, number> {
  const steps = readRun(ran).steps.map((step) => [step.step, step.milliseconds / 1000] as const);
  const inside = steps.reduce((sum, [, seconds]) => sum + seconds, 0);
  return {
    ingest: ingested.wallSeconds,
    ...Object.fromEntries(steps),
    'outside the steps': Math.max(0, ran.wallSeconds - inside),
  };
}

interface Peer {
  readonly name: PeerName;
  readonly rounds: Measured[];
}

interface Rounds {
  readonly ours: OurRound[];
  readonly peers: Peer[];
}

/** Nobody is the first to read the input from the disk, whoever's turn it is. */
async function readAhead(input: BenchInput): Promise<void> {
  for await (const _chunk of createReadStream(input.path, { highWaterMark: 1 << 20 }));
}

/** Turn by turn, so that what else the machine does meets all of them. */
async function takeTurns(input: BenchInput, rounds: number): Promise<Rounds> {
  const ours: OurRound[] = [];
  const peers = peerNames.map((name): Peer => ({ name, rounds: [] }));
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    await readAhead(input);
    ours.push(await ourRound(input));
    for (const peer of peers) {
      await readAhead(input);
      peer.rounds.push(await peerRound(peer.name, input));
    }
  }
  return { ours, peers };
}

const seconds = (round: OurRound): number => round.ingest.wallSeconds + round.run.wallSeconds;

/** What a second run costs, as a part of the first. */
function compareAgain(ours: readonly OurRound[], chosen: OurRound): Record<string, number> {
  const first = seconds(chosen);
  const emptyRun = best(ours.map((round) => round.emptyRun));
  const again = {
    emptyRun: emptyRun.wallSeconds / first,
    emptyRunInside: readRun(emptyRun).milliseconds / readRun(chosen.run).milliseconds,
    laterRecords: best(ours.map((round) => round.later)).wallSeconds / first,
  };
  process.stdout.write('\n');
  printTable(
    ['second time', 'of the first'],
    [
      ['an empty run, of the first ingest + run', again.emptyRun.toFixed(4)],
      ['the same without starting and opening, of the first run', again.emptyRunInside.toFixed(4)],
      ['ingest + run of 1% new records', again.laterRecords.toFixed(4)],
    ],
  );
  return again;
}

/** The whole path against pandas and Polars, then what a second run costs. */
export async function pipeline(args: readonly string[]): Promise<void> {
  const options = benchArguments(args, { rows: 1_000_000, rounds: 3 });
  await ensurePeers();
  const input = await bankInput(options.rows);
  const { ours, peers } = await takeTurns(input, options.rounds);
  const [chosen] = ours.toSorted((a, b) => seconds(a) - seconds(b));
  if (chosen === undefined) throw new Error('Nothing was measured.');
  const strata = together([chosen.ingest, chosen.run]);
  const contenders = peers.map(({ name, rounds }) => ({ name, measured: best(rounds) }));
  const theirs = contenders.map(({ name, measured }) => [name, readPeer(measured)] as const);
  requireAgreement({
    strata: chosen.overall,
    ...Object.fromEntries(theirs.map(([name, result]) => [name, result.overall])),
  });
  const ratios = comparePeers({ name: 'strata ingest + run', measured: strata }, contenders);
  const again = compareAgain(ours, chosen);
  const stages = {
    strata: ourStages(chosen.ingest, chosen.run),
    ...Object.fromEntries(theirs.map(([name, result]) => [name, result.stages])),
  };
  for (const [name, parts] of Object.entries(stages)) printShares(name, parts);
  const measured = [{ name: 'strata', measured: strata }, ...contenders];
  printJson({
    bench: 'pipeline',
    rows: input.rows,
    customers: input.customers,
    ratios,
    again,
    stages,
    figures: Object.fromEntries(measured.map((one) => [one.name, figures(one.measured)])),
    overall: chosen.overall,
  });
}
