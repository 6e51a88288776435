import { Button, Skeleton } from '@mantine/core';
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconCircleCheck,
  IconInfoCircle,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Finding } from '../../../pipeline/contract/features.ts';
import { Card } from '../../ui/card.tsx';
import { plural } from '../../ui/format.ts';
import classes from './findings.module.css';
import { bySeverity, countWords, findingKey, severityWords } from './finding-order.ts';

function SeverityIcon({ severity }: { severity: Finding['severity'] }) {
  switch (severity) {
    case 'error':
      return <IconAlertOctagon size={17} aria-hidden="true" />;
    case 'warning':
      return <IconAlertTriangle size={17} aria-hidden="true" />;
    case 'note':
      return <IconInfoCircle size={17} aria-hidden="true" />;
  }
}

/** What is worth a look in one feature, as a mark beside its name. */
export function FindingMark({ findings }: { findings: readonly Finding[] }) {
  const [worst] = bySeverity(findings);
  if (worst === undefined) return null;
  const words = findings.map(({ sentence }) => sentence).join(' ');
  return (
    <span
      className={classes['mark']}
      data-severity={worst.severity}
      title={words}
      role="img"
      aria-label={`${severityWords[worst.severity]}: ${words}`}
    >
      <SeverityIcon severity={worst.severity} />
    </span>
  );
}

interface FindingsCardProps {
  /** Null until a report is there. */
  readonly findings: readonly Finding[] | null;
  /** The key of the finding whose features stand out. */
  readonly marked: string | null;
  readonly onMark: (key: string | null) => void;
}

function FindingItem({ finding, marked, onMark }: FindingItemProps) {
  const key = findingKey(finding);
  return (
    <li data-severity={finding.severity}>
      <button
        type="button"
        aria-pressed={key === marked}
        title={`Mark ${plural(finding.features.length, 'feature')} below`}
        onClick={() => onMark(key === marked ? null : key)}
      >
        <SeverityIcon severity={finding.severity} />
        <span>
          <b>{severityWords[finding.severity]}</b> {finding.sentence}
        </span>
      </button>
    </li>
  );
}

type FindingItemProps = Omit<FindingsCardProps, 'findings'> & { readonly finding: Finding };

/** So many are shown at first; the features should not be far below. */
const first = 6;

function Findings({ findings, ...props }: FindingsCardProps & { findings: readonly Finding[] }) {
  const [all, setAll] = useState(false);
  const sorted = bySeverity(findings);
  const shown = all || sorted.length <= first + 1 ? sorted : sorted.slice(0, first);
  return (
    <>
      <ul className={classes['findings']}>
        {shown.map((finding) => (
          <FindingItem key={findingKey(finding)} finding={finding} {...props} />
        ))}
      </ul>
      {sorted.length <= first + 1 ? null : (
        <div className={classes['more']}>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all ? 'Show fewer' : `Show ${sorted.length - first} more`}
          </Button>
        </div>
      )}
    </>
  );
}

/** What stands out in a recipe's report, the gravest first; each leads to its features. */
export function FindingsCard({ findings, marked, onMark }: FindingsCardProps) {
  if (findings === null) {
    return (
      <Card title="Findings" busy>
        <Skeleton height={16} mt={10} width="72%" />
        <Skeleton height={16} mt={10} width="58%" />
      </Card>
    );
  }
  return (
    <Card
      title="Findings"
      testId="feature-findings"
      aside={<span className={classes['count']}>{countWords(findings)}</span>}
    >
      {findings.length === 0 ? (
        <p className={classes['clear']}>
          <IconCircleCheck size={17} aria-hidden="true" />
          Nothing stands out: as they are treated, no feature is constant or lopsided, no two have a
          Pearson correlation above 0.9, and none takes over the distances.
        </p>
      ) : (
        <Findings findings={findings} marked={marked} onMark={onMark} />
      )}
    </Card>
  );
}
