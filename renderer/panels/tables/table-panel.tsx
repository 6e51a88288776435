import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';
import { Card } from '../../ui/card.tsx';
import { formatCount } from '../../ui/format.ts';
import { TablePages } from './table-pages.tsx';

interface TablePanelProps {
  readonly tables: WorkspaceStatus['tables'];
  readonly table: string | null;
  readonly onTable: (table: string) => void;
}

const preferred = ['gold.segment_kpis', 'silver.transactions', 'raw.records'];

/** The table to open first: the KPIs, otherwise the newest layer that has rows. */
export function firstTable(tables: WorkspaceStatus['tables']): string | null {
  const full = tables.filter(({ rows }) => rows > 0).map(({ layer, name }) => `${layer}.${name}`);
  return preferred.find((name) => full.includes(name)) ?? full[0] ?? null;
}

function options(tables: WorkspaceStatus['tables']) {
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const { layer, name, rows } of tables) {
    const items = groups.get(layer) ?? [];
    items.push({ value: `${layer}.${name}`, label: `${layer}.${name} (${formatCount(rows)})` });
    groups.set(layer, items);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}

/** Any table of the workspace, page by page. */
export function TablePanel({ tables, table, onTable }: TablePanelProps) {
  const chosen = table ?? firstTable(tables);
  const data = useMemo(() => options(tables), [tables]);
  if (chosen === null) return null;
  return (
    <div id="table" style={{ scrollMarginTop: 72 }}>
      <Card
        title="Tables"
        testId="table-panel"
        aside={
          <Select
            size="xs"
            w={300}
            aria-label="Table"
            searchable
            maxDropdownHeight={320}
            data={data}
            value={chosen}
            allowDeselect={false}
            onChange={(value) => {
              if (value !== null) onTable(value);
            }}
          />
        }
      >
        <TablePages key={chosen} table={chosen} />
      </Card>
    </div>
  );
}
