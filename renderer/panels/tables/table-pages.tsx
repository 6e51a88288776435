import { Button, Skeleton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconTableOff } from '@tabler/icons-react';
import { useState } from 'react';
import { toProblem } from '../../host/problem.ts';
import { useTablePage } from '../../host/queries/tables.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import { DataGrid } from './data-grid.tsx';
import classes from './tables.module.css';

const size = 100;

interface PagerProps {
  readonly offset: number;
  readonly rows: number;
  readonly total: number;
  readonly busy: boolean;
  readonly onOffset: (offset: number) => void;
}

function Pager({ offset, rows, total, busy, onOffset }: PagerProps) {
  return (
    <nav className={classes['pager']} aria-label="Pages of the table">
      <span role="status">
        Rows {formatCount(offset + 1)} to {formatCount(offset + rows)} of {formatCount(total)}
      </span>
      <Button.Group>
        <Button
          size="compact-sm"
          variant="default"
          aria-label="Previous page"
          disabled={offset === 0}
          onClick={() => onOffset(Math.max(0, offset - size))}
        >
          <IconChevronLeft size={16} aria-hidden="true" />
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label="Next page"
          loading={busy}
          disabled={offset + rows >= total}
          onClick={() => onOffset(offset + size)}
        >
          <IconChevronRight size={16} aria-hidden="true" />
        </Button>
      </Button.Group>
    </nav>
  );
}

export function TablePages({ table }: { table: string }) {
  const [offset, setOffset] = useState(0);
  const page = useTablePage({ table, offset, limit: size });
  if (page.error !== null && page.data === undefined) {
    return <ErrorState {...toProblem(page.error)} onRetry={() => void page.refetch()} />;
  }
  if (page.data === undefined) return <Skeleton height={420} mt={8} />;
  const { rows, total } = page.data;
  if (rows.length === 0 && offset === 0) {
    return (
      <QuietState icon={<IconTableOff size={26} />} title={`${table} has no rows`} height={200}>
        It exists, but nothing has reached it.
      </QuietState>
    );
  }
  return (
    <>
      {/* A region that scrolls must be reachable by keyboard. */}
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label={`Rows of ${table}`}>
        <DataGrid page={page.data} offset={offset} />
      </div>
      <Pager
        offset={offset}
        rows={rows.length}
        total={total}
        busy={page.isPlaceholderData}
        onOffset={setOffset}
      />
    </>
  );
}
