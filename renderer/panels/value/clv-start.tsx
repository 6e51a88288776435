import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPigMoney, IconZoomQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { isFree, type JobRun } from '../run/job-run.ts';
import { ClvRun } from './clv-run.tsx';
import classes from './value.module.css';

/** Why there is nothing to show. */
export type NoClv =
  | { readonly kind: 'none' }
  /** The data do not carry a fit, and why. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly next: string };

interface ClvStartProps {
  readonly why: NoClv;
  readonly run: JobRun;
  readonly connected: boolean;
  readonly onFit: () => void;
  readonly onCancel: () => void;
}

function Words({ title, icon, children }: { title: string; icon: ReactNode; children: ReactNode }) {
  return (
    <>
      <span className={classes['icon']} aria-hidden="true">
        {icon}
      </span>
      <h3>{title}</h3>
      {children}
    </>
  );
}

function Why({ why }: { why: NoClv }) {
  switch (why.kind) {
    case 'none':
      return (
        <Words title="Not fitted yet" icon={<IconPigMoney size={30} />}>
          <p>
            Predicted CLV is the money each customer is expected to bring in the next 12 months: how
            often they are likely to buy again, from how often and how lately they did (BG/NBD),
            times what a purchase of theirs is worth (Gamma-Gamma), discounted by 1% a month.
          </p>
          <p>
            A fit learns both from every purchase in the workspace, checks itself against a part of
            the history that it was not shown, and keeps a value for every customer, which each
            later run brings up to date.
          </p>
        </Words>
      );
    case 'refused':
      return (
        <Words title="The fit was refused" icon={<IconZoomQuestion size={30} />}>
          <p data-testid="clv-refused">{why.sentence}</p>
          <p>
            {why.next} <code>CLV_REFUSED</code>
          </p>
        </Words>
      );
  }
}

/** Nothing is predicted: what it would be, or why these data do not allow it, and the fit. */
export function ClvStart({ why, run, connected, onFit, onCancel }: ClvStartProps) {
  return (
    <Card title="Predicted CLV" testId="clv-start" busy={!isFree(run)}>
      <div className={classes['start']}>
        <Why why={why} />
        <Button
          disabled={!connected || !isFree(run)}
          variant={why.kind === 'none' ? 'filled' : 'default'}
          leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
          onClick={onFit}
        >
          {why.kind === 'none' ? 'Fit predicted CLV' : 'Try the fit again'}
        </Button>
        <div className={classes['startRun']}>
          <ClvRun run={run} connected={connected} onFit={onFit} onCancel={onCancel} />
        </div>
      </div>
    </Card>
  );
}
