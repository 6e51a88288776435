import { IconKey } from '@tabler/icons-react';
import { AppError } from '../../pipeline/contract/errors.ts';
import { Logo } from '../ui/logo.tsx';
import { SchemeToggle } from '../ui/scheme-toggle.tsx';
import classes from './unauthorised-page.module.css';

export function UnauthorisedPage() {
  const error = new AppError('UNAUTHORISED');
  return (
    <main className={classes['page']}>
      <div className={classes['card']} role="alert" data-testid="unauthorised">
        <div className={classes['name']}>
          <Logo size={30} />
          <span>Strata</span>
        </div>
        <h1 className={classes['title']}>
          <IconKey size={22} aria-hidden="true" /> Open the address that the terminal printed
        </h1>
        <p className={classes['words']}>
          {error.message} {error.next}
        </p>
        <p className={classes['sample']} aria-label="It looks like this">
          Strata is at <span>http://127.0.0.1:…/#token=…</span>
        </p>
        <p className={classes['words']}>
          The part after <code>#token=</code> is the key to your workspace: it stays in this tab and
          is sent to no one else. Nothing running? Start it with <code>npm start</code>.
        </p>
        <div className={classes['foot']}>
          <code className={classes['code']}>{error.code}</code>
          <SchemeToggle />
        </div>
      </div>
    </main>
  );
}
