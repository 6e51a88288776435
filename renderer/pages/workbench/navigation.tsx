import classes from './navigation.module.css';
import { views, type View } from './views.ts';

/** The views as links, so that they open, reload and go back as addresses do. */
export function Navigation({ view }: { view: View }) {
  return (
    <nav className={classes['navigation']} aria-label="Views">
      <ul>
        {views.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={id === view ? 'page' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
