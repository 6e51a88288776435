import { Button, Loader } from '@mantine/core';
import { useHost, useConnectionState } from '../../host/host-context.tsx';
import classes from './connection-banner.module.css';

/** While the host is away the page keeps what it has, and says so. */
export function ConnectionBanner() {
  const { connection } = useHost();
  const state = useConnectionState();
  if (state.kind !== 'lost') return null;
  return (
    <div className={classes['banner']} role="alert" data-testid="connection-lost">
      <Loader size={16} color="var(--bad)" aria-hidden="true" />
      <p>
        <strong>Connection lost, trying again.</strong> What you see is from before; nothing that
        was committed is lost. If the terminal shows that Strata ended, start it again there.
      </p>
      <Button size="compact-sm" variant="default" onClick={connection.retryNow}>
        Try now
      </Button>
    </div>
  );
}
