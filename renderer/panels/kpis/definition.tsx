import classes from './kpi.module.css';

interface DefinitionProps {
  readonly name: string;
  readonly words: string;
  readonly parameters: readonly string[];
  /** How to read the chart, on a line of its own. */
  readonly note: string;
}

/** The meaning under the chart; text between backticks is set as a name. */
export function Definition({ name, words, parameters, note }: DefinitionProps) {
  return (
    <p className={classes['definition']}>
      <strong>{name}</strong> ={' '}
      {words
        .split('`')
        .map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))}{' '}
      {parameters.map((parameter) => (
        <code key={parameter} className={classes['parameter']}>
          {parameter}
        </code>
      ))}
      {note === '' ? null : <span className={classes['note']}>{note}</span>}
    </p>
  );
}
