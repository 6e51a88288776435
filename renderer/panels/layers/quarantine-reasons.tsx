import { IconShieldExclamation } from '@tabler/icons-react';
import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';
import { formatCount } from '../../ui/format.ts';
import classes from './layers.module.css';

interface QuarantineReasonsProps {
  readonly quarantine: WorkspaceStatus['quarantine'];
  readonly onTable: (table: string) => void;
}

/** Why records were set aside; each leads to them. */
export function QuarantineReasons({ quarantine, onTable }: QuarantineReasonsProps) {
  if (quarantine.length === 0) return null;
  const sorted = [...quarantine].sort((a, b) => b.records - a.records);
  return (
    <div className={classes['reasons']} data-testid="quarantine">
      <span className={classes['reasonsTitle']}>
        <IconShieldExclamation size={15} aria-hidden="true" /> In quarantine
      </span>
      {sorted.map(({ reason, records }) => (
        <button
          key={reason}
          type="button"
          className={classes['reason']}
          title="Show ops.quarantine in the table"
          onClick={() => onTable('ops.quarantine')}
        >
          {reason} <b>{formatCount(records)}</b>
        </button>
      ))}
    </div>
  );
}
