import { IconArrowsSplit2 } from '@tabler/icons-react';
import { memo } from 'react';
import type { Flow } from '../../charts/flow-bands.ts';
import { FlowDiagram } from '../../charts/flow-diagram.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';
import { CrosstabTable } from '../tuning/crosstab-table.tsx';
import classes from './flow-picture.module.css';
import { crosstabOf, movesOnly } from './migration.ts';

interface FlowPictureProps {
  readonly flows: readonly Flow[];
  readonly fromTitle: string;
  readonly toTitle: string;
  /** Whether the picture has those who stayed; the table always has. */
  readonly stayers: boolean;
}

/** How customers pass from one segmentation to another, as a picture and as numbers. */
export const FlowPicture = memo(function FlowPicture(props: FlowPictureProps) {
  const { flows, fromTitle, toTitle, stayers } = props;
  const shown = stayers ? flows : movesOnly(flows);
  return (
    <div className={classes['flows']}>
      {shown.length === 0 ? (
        <QuietState icon={<IconArrowsSplit2 size={26} />} title="Nobody moved" height={200}>
          Everybody is in the segment in which they were.
        </QuietState>
      ) : (
        <FlowDiagram
          flows={shown}
          fromTitle={fromTitle}
          toTitle={toTitle}
          label={`How customers move from ${fromTitle} to ${toTitle}; the table has the numbers`}
        />
      )}
      <div className={classes['table']}>
        <CrosstabTable
          caption={`Customers by segment: ${fromTitle} in rows, ${toTitle} in columns`}
          {...crosstabOf(flows)}
        />
      </div>
    </div>
  );
});
