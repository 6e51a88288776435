import { Button, Skeleton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CellState } from '../../../pipeline/contract/notebook.ts';
import { useHost } from '../../host/host-context.tsx';
import { toProblem } from '../../host/problem.ts';
import { DataGrid } from '../../panels/tables/data-grid.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { useOpenNotebook } from '../session/notebook-context.tsx';
import { arrowPage } from './arrow-page.ts';
import classes from './outputs.module.css';

const size = 100;

interface LiveTableProps {
  readonly state: CellState;
  readonly rows: number;
  readonly onLess: () => void;
}

/** The rows of a table that a cell made, page by page; another run of the cell is another table. */
export function LiveTable({ state, rows, onLess }: LiveTableProps) {
  const { client } = useHost();
  const { session } = useOpenNotebook();
  const [offset, setOffset] = useState(0);
  const name = state.defines[0] ?? 'Rows';
  const page = useQuery({
    queryKey: ['notebooks', session.id, 'rows', state.id, offset, state.outputs],
    structuralSharing: false,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const input = { id: session.id, cell: state.id, offset, limit: size };
      const blob = await client.notebooks.rows(input, { signal });
      return arrowPage(new Uint8Array(await blob.arrayBuffer()), { table: name, total: rows });
    },
  });
  if (page.error !== null && page.data === undefined) {
    return <ErrorState {...toProblem(page.error)} onRetry={() => void page.refetch()} />;
  }
  if (page.data === undefined) return <Skeleton height={300} />;
  const shown = page.data.rows.length;
  return (
    <>
      <div className={classes['grid']} tabIndex={0} role="region" aria-label={`Rows of ${name}`}>
        <DataGrid page={page.data} offset={offset} />
      </div>
      <nav className={classes['pager']} aria-label={`Pages of ${name}`}>
        <span role="status">
          Rows {formatCount(Math.min(offset + 1, rows))} to {formatCount(offset + shown)} of{' '}
          {formatCount(rows)}
        </span>
        <Button size="compact-xs" variant="default" onClick={onLess}>
          Show less
        </Button>
        <Button.Group>
          <Button
            size="compact-xs"
            variant="default"
            aria-label="Previous rows"
            disabled={offset === 0}
            onClick={() => setOffset(Math.max(0, offset - size))}
          >
            <IconChevronLeft size={14} aria-hidden="true" />
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label="Next rows"
            loading={page.isPlaceholderData}
            disabled={offset + shown >= rows}
            onClick={() => setOffset(offset + size)}
          >
            <IconChevronRight size={14} aria-hidden="true" />
          </Button>
        </Button.Group>
      </nav>
    </>
  );
}
