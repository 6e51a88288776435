import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';
import { useConnectionState } from '../../host/host-context.tsx';
import type { ConnectionState } from '../../host/connection.ts';
import { formatDay } from '../../ui/format.ts';
import { Logo } from '../../ui/logo.tsx';
import { SchemeToggle } from '../../ui/scheme-toggle.tsx';
import classes from './header.module.css';
import { Navigation } from './navigation.tsx';
import type { View } from './views.ts';

const words: Readonly<Record<ConnectionState['kind'], string>> = {
  connecting: 'Connecting',
  open: 'Connected',
  lost: 'Connection lost',
  unauthorised: 'No access',
};

function Fact({ label, value, title }: { label: string; value: string; title?: string }) {
  return (
    <div className={classes['fact']} title={title}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

export function Header({ status, view }: { status: WorkspaceStatus | null; view: View }) {
  const connection = useConnectionState();
  const asOf = status?.asOf ?? null;
  return (
    <header className={classes['header']}>
      <div className={classes['inner']}>
        <h1 className={classes['name']}>
          <Logo size={26} />
          Strata
        </h1>
        <dl className={classes['facts']}>
          {status === null ? null : (
            <Fact label="Workspace" value={status.name} title={status.path} />
          )}
          {status === null ? null : (
            <Fact
              label="As of"
              value={asOf === null ? 'no data yet' : formatDay(asOf)}
              title="as_of: the day after the newest transaction, never the wall clock"
            />
          )}
        </dl>
        <span className={classes['state']} data-kind={connection.kind} role="status">
          <i aria-hidden="true" />
          {words[connection.kind]}
        </span>
        <SchemeToggle />
      </div>
      <Navigation view={view} />
    </header>
  );
}
