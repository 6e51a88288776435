import { useId, type ReactNode } from 'react';
import classes from './card.module.css';

interface CardProps {
  readonly title: string;
  /** Beside the title: controls, counts. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
  readonly busy?: boolean;
}

/** A titled region with one subject. */
export function Card({ title, aside, children, testId, busy = false }: CardProps) {
  const heading = useId();
  return (
    <section
      className={classes['card']}
      aria-labelledby={heading}
      aria-busy={busy}
      data-testid={testId}
    >
      <header className={classes['head']}>
        <h2 id={heading} className={classes['title']}>
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
