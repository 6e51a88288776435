import type { ReactNode } from 'react';
import classes from './bars.module.css';

interface BannerProps {
  readonly tone: 'warn' | 'bad' | 'info';
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  /** What can be done about it. */
  readonly actions: ReactNode;
  readonly testId: string;
}

/** Something about the whole notebook that wants a decision. */
export function Banner({ tone, icon, title, children, actions, testId }: BannerProps) {
  return (
    <div
      className={classes['banner']}
      data-tone={tone}
      role={tone === 'bad' ? 'alert' : 'status'}
      data-testid={testId}
    >
      <i aria-hidden="true">{icon}</i>
      <div className={classes['words']}>
        <strong>{title}</strong>
        {children}
      </div>
      <div className={classes['actions']}>{actions}</div>
    </div>
  );
}
