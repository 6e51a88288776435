import type { ReactNode } from 'react';
import classes from './quiet-state.module.css';

interface QuietStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly height?: number;
}

/** A place that has nothing to show yet, and why. */
export function QuietState({ icon, title, children, height }: QuietStateProps) {
  return (
    <div className={classes['quiet']} style={{ minHeight: height }}>
      <span className={classes['icon']} aria-hidden="true">
        {icon}
      </span>
      <p className={classes['title']}>{title}</p>
      <p className={classes['words']}>{children}</p>
    </div>
  );
}
