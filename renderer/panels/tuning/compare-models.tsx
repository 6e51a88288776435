import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import type { Comparison, ModelInfo } from '../../../pipeline/contract/segmentation.ts';
import type { Flow, FlowEnd } from '../../charts/flow-bands.ts';
import { FlowDiagram } from '../../charts/flow-diagram.tsx';
import { segmentName } from '../../charts/scatter-groups.ts';
import { toProblem } from '../../host/problem.ts';
import { useFeatureList } from '../../host/queries/features.ts';
import { useComparison } from '../../host/queries/models.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount, formatDay } from '../../ui/format.ts';
import { Agreement } from '../segments/agreement.tsx';
import classes from './compare.module.css';
import { CrosstabTable } from './crosstab-table.tsx';
import { largeScore } from './score-kinds.ts';

const facts: readonly { readonly title: string; readonly of: (model: ModelInfo) => string }[] = [
  { title: 'Segments', of: ({ k }) => String(k) },
  { title: 'Trained', of: ({ trainedAt }) => formatDay(trainedAt) },
  { title: 'As of', of: ({ asOf }) => formatDay(asOf) },
  { title: 'Customers', of: ({ customers }) => formatCount(customers) },
  {
    title: 'Silhouette',
    of: ({ silhouette }) => (silhouette === null ? '–' : silhouette.toFixed(3)),
  },
  { title: 'Inertia', of: ({ inertia }) => largeScore(inertia) },
];

function ModelFacts({ from, to }: Pick<Comparison, 'from' | 'to'>) {
  const labels = new Map(useFeatureList().data?.map(({ name, label }) => [name, label]));
  const features = (model: ModelInfo): string =>
    model.features.map((name) => labels.get(name) ?? name).join(', ');
  return (
    <table className={classes['facts']}>
      <thead>
        <tr>
          <td />
          {[from, to].map((model) => (
            <th key={model.version} scope="col">
              Model {model.version}
              {model.current ? ', current' : ''}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...facts, { title: 'Features', of: features }].map(({ title, of }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            <td>{of(from)}</td>
            <td>{of(to)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ends(flows: readonly Flow[], end: (flow: Flow) => FlowEnd): FlowEnd[] {
  const known = new Map(flows.map((flow) => [end(flow).id, end(flow)]));
  return [...known.values()].sort((a, b) => (a.id ?? Infinity) - (b.id ?? Infinity));
}

function Flows({ comparison }: { comparison: Comparison }) {
  const flows = useMemo(
    () =>
      comparison.flows.map(({ fromId, fromName, toId, toName, customers }) => ({
        from: { id: fromId, name: segmentName(fromId, fromName) },
        to: { id: toId, name: segmentName(toId, toName) },
        customers,
      })),
    [comparison],
  );
  const rows = ends(flows, (flow) => flow.from);
  const columns = ends(flows, (flow) => flow.to);
  const cells = rows.map((row) =>
    columns.map((column) =>
      flows.reduce(
        (sum, { from, to, customers }) =>
          from.id === row.id && to.id === column.id ? sum + customers : sum,
        0,
      ),
    ),
  );
  const [left, right] = [`Model ${comparison.from.version}`, `Model ${comparison.to.version}`];
  return (
    <div className={classes['flows']}>
      <FlowDiagram
        flows={flows}
        fromTitle={left}
        toTitle={right}
        label={`How customers move from ${left} to ${right}; the table has the numbers`}
      />
      <CrosstabTable
        caption={`Customers by segment of ${left} (rows) and of ${right} (columns)`}
        rows={rows}
        columns={columns}
        cells={cells}
      />
    </div>
  );
}

/** Two models that were accepted, on today's customers. */
export function CompareModels({ from, to }: { from: number; to: number }) {
  const comparison = useComparison({ from, to });
  if (comparison.data === undefined) {
    return comparison.error === null ? (
      <Skeleton height={260} mt={10} />
    ) : (
      <ErrorState {...toProblem(comparison.error)} onRetry={() => void comparison.refetch()} />
    );
  }
  const { data } = comparison;
  const customers = data.flows.reduce((sum, flow) => sum + flow.customers, 0);
  return (
    <div aria-busy={comparison.isFetching}>
      <ModelFacts from={data.from} to={data.to} />
      <Agreement index={data.agreement} moved={{ customers: data.moved, of: customers }} />
      <Flows comparison={data} />
    </div>
  );
}
