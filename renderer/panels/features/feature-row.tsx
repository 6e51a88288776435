import { Skeleton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import type { FeatureColumn, FeatureInfo, Finding } from '../../../pipeline/contract/features.ts';
import type { FeatureRecipe } from '../../../pipeline/contract/recipe.ts';
import { HistogramBars } from '../../charts/histogram-bars.tsx';
import { FeatureDetails } from './feature-details.tsx';
import classes from './feature-table.module.css';
import { dominates, formatPlain, formatShare, formatValue, none } from './feature-values.ts';
import { FindingMark } from './findings-card.tsx';
import { treatmentParts } from './treatment-parts.ts';

interface FeatureRowProps {
  readonly name: string;
  readonly info: FeatureInfo | null;
  /** What the report says of it; null until there is one, or where it does not know it. */
  readonly column: FeatureColumn | null;
  readonly findings: readonly Finding[];
  readonly customers: number;
  readonly waiting: boolean;
  readonly marked: boolean;
  readonly recipe: FeatureRecipe;
  readonly onChange: (recipe: FeatureRecipe) => void;
}

function Name({ name, info, column, findings, recipe }: FeatureRowProps) {
  return (
    <th scope="row" className={classes['name']}>
      <span className={classes['label']} title={name}>
        <b>{info?.label ?? column?.label ?? name}</b>
        <FindingMark findings={findings} />
      </span>
      <span className={classes['treatment']}>
        {treatmentParts(recipe, name).map(({ text, own }) => (
          <span key={text} data-own={own}>
            {text}
          </span>
        ))}
      </span>
    </th>
  );
}

function ends(edges: readonly number[], show: (value: number | null) => string) {
  return { from: show(edges[0] ?? null), to: show(edges.at(-1) ?? null) };
}

function Distributions({ column }: { column: FeatureColumn }) {
  const { label, unit, before, after } = column;
  const first = ends(before.edges, (value) => formatValue(value, unit));
  const then = ends(after.edges, formatPlain);
  return (
    <>
      <td data-column="Before">
        <HistogramBars
          bins={before}
          tone="before"
          label={`${label} as it is, from ${first.from} to ${first.to}`}
          {...first}
        />
      </td>
      <td data-column="After">
        <HistogramBars
          bins={after}
          tone="after"
          label={`${label} after its treatment, from ${then.from} to ${then.to}`}
          {...then}
        />
      </td>
    </>
  );
}

function Missing({ column, customers }: { column: FeatureColumn; customers: number }) {
  if (column.missing === 0) return <span className={classes['quiet']}>none</span>;
  return (
    <>
      {formatShare(customers === 0 ? null : column.missing / customers)}
      <small>
        {column.imputed === null ? 'refused' : `→ ${formatValue(column.imputed, column.unit)}`}
      </small>
    </>
  );
}

function Share({ share, count }: { share: number | null; count: number }) {
  return (
    <div className={classes['share']} data-dominates={dominates(share, count)}>
      <span className={classes['track']} aria-hidden="true">
        <span style={{ width: `${(share ?? 0) * 100}%` }} />
        <i style={{ left: `${100 / count}%` }} />
      </span>
      {formatShare(share)}
    </div>
  );
}

function Numbers({ column, customers, recipe }: FeatureRowProps & { column: FeatureColumn }) {
  return (
    <>
      <td data-column="Missing">
        <Missing column={column} customers={customers} />
      </td>
      <td data-column="Skew">
        {formatPlain(column.skewnessAfter)}
        {column.skewness === null ? null : <small>from {formatPlain(column.skewness)}</small>}
      </td>
      <td data-column="VIF">{formatPlain(column.inflation)}</td>
      <td data-column="Share of distances">
        <Share share={column.share} count={recipe.features.length} />
      </td>
    </>
  );
}

const columnNames = ['Before', 'After', 'Missing', 'Skew', 'VIF', 'Share of distances'];

function Blanks({ waiting }: { waiting: boolean }): ReactNode {
  return columnNames.map((name, at) => (
    <td key={name} data-column={name}>
      {waiting ? (
        <Skeleton height={at < 2 ? 34 : 14} />
      ) : (
        <span className={classes['quiet']}>{none}</span>
      )}
    </td>
  ));
}

/** One feature: its values before and after, its quality, and behind the arrow all numbers and its own treatment. */
export function FeatureRow(props: FeatureRowProps) {
  const { name, info, column, marked, recipe, waiting, onChange } = props;
  const [open, setOpen] = useState(false);
  const details = useId();
  return (
    <>
      <tr data-marked={marked} data-open={open} data-testid={`feature-${name}`}>
        <Name {...props} />
        {column === null ? (
          <Blanks waiting={waiting} />
        ) : (
          <>
            <Distributions column={column} />
            <Numbers {...props} column={column} />
          </>
        )}
        <td className={classes['more']}>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={details}
            aria-label={`Numbers and treatment of ${info?.label ?? name}`}
            onClick={() => setOpen(!open)}
          >
            <IconChevronDown size={16} aria-hidden="true" />
          </button>
        </td>
      </tr>
      <tr id={details} className={classes['details']} hidden={!open}>
        <td colSpan={8}>
          {open ? (
            <FeatureDetails name={name} column={column} recipe={recipe} onChange={onChange} />
          ) : null}
        </td>
      </tr>
    </>
  );
}
