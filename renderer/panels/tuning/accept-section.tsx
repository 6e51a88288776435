import { Button, Loader, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { memo } from 'react';
import type { SweptCluster, SweepReport } from '../../../pipeline/contract/segmentation.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { Card } from '../../ui/card.tsx';
import { formatCount, formatNumber, plural } from '../../ui/format.ts';
import { isFree, isWorking, jobRun } from '../run/job-run.ts';
import type { JobState } from '../run/job-state.ts';
import type { JobFeed } from '../run/use-job-feed.ts';
import { AcceptOutcome } from './accept-outcome.tsx';
import classes from './accept.module.css';
import { labelled } from './labelled.ts';
import { nameProblems } from './name-problems.ts';
import { SuccessionSection } from './succession-section.tsx';
import { usualNames, useSuccessionsState } from './successions-state.ts';
import {
  clustersOf,
  nameKey,
  trainJob,
  type TuningPatch,
  type TuningValue,
} from './tuning-value.ts';
import { useRunFocus } from './use-run-focus.ts';

interface AcceptSectionProps {
  readonly report: SweepReport;
  readonly k: number;
  readonly names: TuningValue['names'];
  readonly patch: TuningPatch;
  readonly job: JobState;
  readonly start: JobFeed['start'];
  readonly dismiss: JobFeed['dismiss'];
  readonly connected: boolean;
  /** The version of the model that places customers now; null before the first. */
  readonly currentVersion: number | null;
  readonly featuresHref: string | undefined;
}

interface FieldProps {
  readonly cluster: SweptCluster;
  readonly label: number;
  readonly value: string;
  /** What it is called where nothing is typed; null while that is not known. */
  readonly usual: string | null;
  readonly problem: string | null;
  readonly onChange: (name: string) => void;
}

function NameField({ cluster, label, value, usual, problem, onChange }: FieldProps) {
  return (
    <li>
      <ClusterMark id={label} />
      <TextInput
        size="sm"
        classNames={{ input: classes['field'] ?? '' }}
        aria-label={`Name of cluster ${label + 1}`}
        placeholder={usual ?? `Cluster ${label + 1}: named by Strata`}
        maxLength={60}
        value={value}
        error={problem}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p>
        <b>{formatCount(cluster.customers)}</b> ({formatNumber(cluster.share, 'percent')}).{' '}
        {cluster.sentence}
      </p>
    </li>
  );
}

function Consequences({
  report,
  k,
  version,
}: {
  report: SweepReport;
  k: number;
  version: number | null;
}) {
  return (
    <ul className={classes['consequences']}>
      <li>
        A model with k = {k} is trained on all {plural(report.customers, 'customer')}, with the
        features, treatment, seed and restarts of this sweep, and places every customer.
      </li>
      <li>
        {version === null
          ? 'It is the first model: its segments are numbered by falling mean monetary value.'
          : `Its segments are matched to those of model ${version}: one that goes on keeps its id and its name, a new one gets a new id.`}
      </li>
      <li>
        {version === null
          ? 'Names stay with the ids through every later model.'
          : 'The history of who was where is kept, and so is the earlier model.'}
      </li>
    </ul>
  );
}

/** The segments of the chosen k get names and become the workspace's own. */
export const AcceptSection = memo(function AcceptSection(props: AcceptSectionProps) {
  const { report, k, names, patch, job, start, dismiss, connected, currentVersion } = props;
  const clusters = clustersOf(report, k);
  const typed = clusters.map((_, label) => names[nameKey(report, k, label)] ?? '');
  const problems = nameProblems(typed);
  const run = jobRun(job, 'train');
  const working = isWorking(run);
  const { ask, outcome } = useRunFocus(run);
  const ready = connected && isFree(run) && problems.every((words) => words === null);
  const accept = (): void => start(trainJob(report, k, typed));
  const successions = useSuccessionsState(report.id);
  const usual = usualNames(successions, k);
  // By the parameters as they are when it is typed, not as they were when this was drawn.
  const name = (label: number, typed: string): void =>
    patch(({ names }) => ({ names: { ...names, [nameKey(report, k, label)]: typed } }));
  return (
    <Card title="Name and use" testId="accept" busy={working}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) accept();
        }}
      >
        <ol className={classes['names']}>
          {labelled(clusters).map(({ cluster, label }) => (
            <NameField
              key={label}
              cluster={cluster}
              label={label}
              value={typed[label] ?? ''}
              usual={usual[label] ?? null}
              problem={problems[label] ?? null}
              onChange={(typed) => name(label, typed)}
            />
          ))}
        </ol>
        <SuccessionSection state={successions} k={k} typed={typed} />
        <div className={classes['foot']}>
          <Consequences report={report} k={k} version={currentVersion} />
          <Button
            ref={ask}
            type="submit"
            size="md"
            aria-disabled={!ready}
            data-disabled={!ready}
            leftSection={
              working ? (
                <Loader size={15} aria-hidden="true" />
              ) : (
                <IconCheck size={17} aria-hidden="true" />
              )
            }
          >
            Use these {k} segments
          </Button>
        </div>
      </form>
      <div ref={outcome} tabIndex={-1} className={classes['outcome']}>
        <AcceptOutcome
          run={run}
          featuresHref={props.featuresHref}
          onRetry={ready ? accept : undefined}
          onDismiss={() => {
            dismiss();
            ask.current?.focus();
          }}
        />
      </div>
    </Card>
  );
});
