import { Skeleton } from '@mantine/core';
import { memo } from 'react';
import type { Succession } from '../../../pipeline/contract/segmentation.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { toProblem } from '../../host/problem.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import {
  type SuccessionRow,
  successionRows,
  successionWords,
  streamWords,
} from './succession-rows.ts';
import classes from './succession.module.css';
import type { SuccessionsState } from './successions-state.ts';

interface SuccessionSectionProps {
  readonly state: SuccessionsState;
  readonly k: number;
  /** What was typed for each cluster. */
  readonly typed: readonly string[];
}

const SOURCES = 3;

function Becomes({ row, typed }: { row: SuccessionRow; typed: string }) {
  const given = typed.trim();
  const name = given === '' ? row.segmentName : given;
  if (row.isNew) {
    return (
      <td>
        <b>{name}</b> <i data-new="true">new, id {row.segmentId}</i>
      </td>
    );
  }
  const renamed = given !== '' && given !== row.segmentName;
  return (
    <td>
      <b>{row.segmentName}</b>{' '}
      <i>
        id {row.segmentId} goes on{renamed ? `, renamed ${given}` : ''}
      </i>
    </td>
  );
}

function Row({ row, label, typed }: { row: SuccessionRow; label: number; typed: string }) {
  const share = row.customers === 0 ? 0 : row.stay / row.customers;
  return (
    <tr>
      <th scope="row">
        <span>
          <ClusterMark id={label} /> Cluster {label + 1}
        </span>
      </th>
      <Becomes row={row} typed={typed} />
      <td>{formatCount(row.customers)}</td>
      <td>
        {row.isNew ? (
          '–'
        ) : (
          <>
            {formatCount(row.stay)} <small>{formatNumber(share, 'percent')}</small>
          </>
        )}
      </td>
      <td>{row.from.length === 0 ? 'nobody' : streamWords(row.from, SOURCES)}</td>
    </tr>
  );
}

function Matched({
  succession,
  version,
  typed,
}: {
  succession: Succession;
  version: number;
  typed: readonly string[];
}) {
  return (
    <>
      <p className={classes['summary']}>{successionWords(succession)}</p>
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label="Who becomes whom">
        <table>
          <thead>
            <tr>
              <th scope="col">Cluster</th>
              <th scope="col">Becomes</th>
              <th scope="col">Customers</th>
              <th scope="col" title="Customers of it who are in this segment today">
                Stay
              </th>
              <th scope="col" title="Customers of it who are in another segment today">
                Come from elsewhere
              </th>
            </tr>
          </thead>
          <tbody>
            {successionRows(succession).map((row, label) => (
              <Row key={row.segmentId} row={row} label={label} typed={typed[label] ?? ''} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes['note']}>
        Clusters are matched to the segments of model {version} all at once, so that the squared
        distances of centres, as shares of how far each pair may lie apart, sum to the least
        (Hungarian method). What is too far from every segment left is new.
      </p>
    </>
  );
}

function body({ state, k, typed }: SuccessionSectionProps) {
  switch (state.kind) {
    case 'loading':
      return (
        <Skeleton height={48 + 36 * k} mt={8} role="status" aria-label="Matching the segments" />
      );
    case 'failed':
      return <ErrorState {...toProblem(state.error)} onRetry={state.again} />;
    case 'here': {
      const { value } = state;
      if (value.kind === 'first') {
        return (
          <p className={classes['summary']}>
            There is no model yet: every segment is new, its id its place by falling mean monetary
            value.
          </p>
        );
      }
      if (value.kind === 'outdated') {
        return (
          <p className={classes['summary']}>
            The features were computed anew since this sweep. Try again to see who becomes whom.
          </p>
        );
      }
      const succession = value.clusterings.find((found) => found.k === k);
      return succession === undefined ? null : (
        <Matched succession={succession} version={value.version} typed={typed} />
      );
    }
  }
}

/** What would become of the segments there are if these clusters were used. */
export const SuccessionSection = memo(function SuccessionSection(props: SuccessionSectionProps) {
  const { state } = props;
  return (
    <section
      className={classes['succession']}
      aria-busy={state.kind === 'loading' || (state.kind === 'here' && state.fetching)}
      data-testid="succession"
    >
      <h3>Who becomes whom</h3>
      {body(props)}
    </section>
  );
});
