import { SegmentedControl, Select } from '@mantine/core';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import { memo, useDeferredValue, type ReactNode } from 'react';
import type { SweepReport } from '../../../pipeline/contract/segmentation.ts';
import { toProblem } from '../../host/problem.ts';
import { useModels } from '../../host/queries/models.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';
import { CompareKs } from './compare-ks.tsx';
import { CompareModels } from './compare-models.tsx';
import classes from './compare.module.css';
import type { PointsState } from './points-state.ts';
import type { CompareWith, TuningPatch } from './tuning-value.ts';

interface CompareSectionProps {
  readonly report: SweepReport;
  readonly points: PointsState;
  readonly k: number;
  readonly compareWith: CompareWith;
  readonly name: (k: number, label: number) => string;
  readonly patch: TuningPatch;
}

interface PickProps {
  readonly label: string;
  readonly value: number;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly onPick: (value: number) => void;
}

function Pick({ label, value, data, onPick }: PickProps) {
  return (
    <Select
      size="xs"
      w={170}
      aria-label={label}
      data={data}
      value={String(value)}
      allowDeselect={false}
      comboboxProps={{ withinPortal: true }}
      onChange={(next) => {
        if (next !== null) onPick(Number(next));
      }}
    />
  );
}

function otherKs(report: SweepReport, k: number): number[] {
  return report.clusterings.map((found) => found.k).filter((other) => other !== k);
}

function KsPart({
  report,
  points,
  k,
  name,
  patch,
  other,
}: CompareSectionProps & { other: number }) {
  const others = otherKs(report, k);
  const beside = others.includes(other) ? other : (others[0] ?? null);
  if (beside === null) {
    return (
      <QuietState icon={<IconArrowsLeftRight size={26} />} title="Only one k was tried">
        Try a range, and any two of it can be compared.
      </QuietState>
    );
  }
  return (
    <>
      <div className={classes['picks']}>
        <span>k = {k} beside</span>
        <Pick
          label="Another k"
          value={beside}
          data={others.map((value) => ({ value: String(value), label: `k = ${value}` }))}
          onPick={(next) => patch({ compareWith: { kind: 'k', k: next } })}
        />
      </div>
      <CompareKs report={report} points={points} k={k} other={beside} name={name} />
    </>
  );
}

type ModelsPartProps = Pick<CompareSectionProps, 'patch'> & {
  readonly from: number;
  readonly to: number;
};

function ModelsPart({ patch, from, to }: ModelsPartProps) {
  const models = useModels();
  if (models.error !== null && models.data === undefined) {
    return <ErrorState {...toProblem(models.error)} onRetry={() => void models.refetch()} />;
  }
  const versions = (models.data ?? []).map(({ version }) => version).sort((a, b) => b - a);
  if (models.data !== undefined && versions.length < 2) {
    return (
      <QuietState icon={<IconArrowsLeftRight size={26} />} title="Fewer than two saved models">
        Each model that you accept is kept. From the second on, any two can be compared here.
      </QuietState>
    );
  }
  const right = versions.includes(to) ? to : (versions[0] ?? to);
  const left = versions.includes(from) && from !== right ? from : (versions[1] ?? from);
  const data = (models.data ?? []).map(({ version, k, current }) => ({
    value: String(version),
    label: `Model ${version}, k = ${k}${current ? ', current' : ''}`,
  }));
  const pick = (from: number, to: number): void =>
    patch({ compareWith: { kind: 'models', from, to } });
  return (
    <>
      <div className={classes['picks']}>
        <Pick label="From model" value={left} data={data} onPick={(next) => pick(next, right)} />
        <span>to</span>
        <Pick label="To model" value={right} data={data} onPick={(next) => pick(left, next)} />
      </div>
      {versions.length < 2 ? null : <CompareModels from={left} to={right} />}
    </>
  );
}

function body(props: CompareSectionProps): ReactNode {
  const { compareWith } = props;
  switch (compareWith.kind) {
    case 'nothing':
      return null;
    case 'k':
      return <KsPart {...props} other={compareWith.k} />;
    case 'models':
      return <ModelsPart patch={props.patch} from={compareWith.from} to={compareWith.to} />;
  }
}

/** Another segmentation beside the chosen one, and how customers pass from one to the other. */
export const CompareSection = memo(function CompareSection(props: CompareSectionProps) {
  const { report, k, compareWith, patch } = props;
  // The switch answers at once, what it opens in a task of its own.
  const opened = useDeferredValue(compareWith);
  const first = otherKs(report, k)[0] ?? k;
  const kinds: Readonly<Record<CompareWith['kind'], CompareWith>> = {
    nothing: { kind: 'nothing' },
    k: { kind: 'k', k: otherKs(report, k).includes(k - 1) ? k - 1 : first },
    models: { kind: 'models', from: 0, to: 0 },
  };
  return (
    <Card
      title="Compare"
      testId="compare"
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Compare with"
          value={compareWith.kind}
          data={[
            { value: 'nothing', label: 'Nothing' },
            { value: 'k', label: 'Another k' },
            { value: 'models', label: 'Saved models' },
          ]}
          onChange={(kind) => {
            if (kind === 'nothing' || kind === 'k' || kind === 'models') {
              patch({ compareWith: kinds[kind] });
            }
          }}
        />
      }
    >
      {body({ ...props, compareWith: opened }) ?? (
        <p className={classes['invitation']}>
          Put another k of this sweep beside k = {k}, or two saved models beside each other: who
          stays together, and who moves where.
        </p>
      )}
    </Card>
  );
});
