import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import classes from './error-state.module.css';

interface ErrorStateProps {
  readonly message: string;
  readonly code: string;
  readonly next: string;
  /** Where what is wrong can be mended. */
  readonly link?: { readonly href: string; readonly label: string } | undefined;
  /** Leaves the button out where trying again cannot help. */
  readonly onRetry?: (() => void) | undefined;
}

/** What failed, under which code, and what to do next. */
export function ErrorState({ message, code, next, link, onRetry }: ErrorStateProps) {
  return (
    <div className={classes['error']} role="alert" data-testid="error-state">
      <IconAlertTriangle className={classes['icon']} size={20} aria-hidden="true" />
      <div className={classes['words']}>
        <p className={classes['message']}>{message}</p>
        <p className={classes['next']}>{next}</p>
        <div className={classes['foot']}>
          <code className={classes['code']}>{code}</code>
          {link === undefined ? null : (
            <Button component="a" href={link.href} size="compact-sm" variant="default">
              {link.label}
            </Button>
          )}
          {onRetry === undefined ? null : (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconRefresh size={14} aria-hidden="true" />}
              onClick={onRetry}
            >
              Try again
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
