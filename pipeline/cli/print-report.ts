import type { RunReport } from '../contract/schemas.ts';
import type { IngestReport } from '../sources/landing.ts';
import type { CommandIo } from './command.ts';
import { count, formatTable, toJson } from './print.ts';

export function printRun(report: RunReport, json: boolean | undefined, io: CommandIo): void {
  if (json === true) {
    io.out(toJson(report));
    return;
  }
  const rows = report.steps.map((step) => [
    step.step,
    step.status,
    ...[step.read, step.accepted, step.duplicate, step.quarantined, step.ignored].map(count),
    `${(step.milliseconds / 1000).toFixed(2)} s`,
  ]);
  const header = [
    'step',
    'status',
    'read',
    'accepted',
    'duplicate',
    'quarantined',
    'ignored',
    'time',
  ];
  io.out(formatTable(header, rows));
  io.out(`run ${report.runId} ${report.status}, as of ${report.asOf ?? 'nothing yet'}`);
}

export function printIngest(report: IngestReport, json: boolean | undefined, io: CommandIo): void {
  if (json === true) return io.out(toJson(report));
  const { source, records, note } = report;
  const landed = records === 0 ? 'nothing new' : `${count(records)} records landed in raw`;
  io.out(`${source}: ${landed}${note === undefined ? '' : `; ${note}`}`);
}
