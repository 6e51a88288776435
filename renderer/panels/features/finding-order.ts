import type { Finding } from '../../../pipeline/contract/features.ts';
import { plural } from '../../ui/format.ts';

type Severity = Finding['severity'];

const gravest: readonly Severity[] = ['error', 'warning', 'note'];

export const severityWords: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  note: 'Note',
};

/** Names a finding from one report to the next. */
export function findingKey({ kind, sentence }: Finding): string {
  return `${kind}: ${sentence}`;
}

/** The gravest first; equally grave ones as they came. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return gravest.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** `1 error, 2 warnings`. */
export function countWords(findings: readonly Finding[]): string {
  return gravest
    .map(
      (severity) => [severity, findings.filter((one) => one.severity === severity).length] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => plural(count, severity))
    .join(', ');
}
