import type { NotebookFile } from '../../../pipeline/contract/notebook.ts';
import { timeWords } from '../../notebook/bars/saved-words.ts';
import { notebookHash } from './notebook-address.ts';
import classes from './notebooks.module.css';

function Row({ file }: { file: NotebookFile }) {
  const { path, title, modifiedAt, trusted, problem, recoveredFrom } = file;
  return (
    <tr>
      <th scope="row">
        {problem === null ? <a href={notebookHash(path)}>{title}</a> : <span>{title}</span>}
        <small>{path}</small>
      </th>
      <td>{timeWords(modifiedAt)}</td>
      <td>
        {problem !== null ? (
          <span className={classes['problem']}>{problem}</span>
        ) : recoveredFrom !== null ? (
          <span className={classes['problem']}>
            recovered: its file is gone or damaged, opening it brings back what was kept
          </span>
        ) : trusted ? (
          <span className={classes['quiet']}>trusted</span>
        ) : (
          <span className={classes['untrusted']}>not trusted: nothing of it runs yet</span>
        )}
      </td>
    </tr>
  );
}

const minuteOf = ({ modifiedAt }: NotebookFile): string =>
  modifiedAt.slice(0, 'YYYY-MM-DDTHH:MM'.length);

/** By the times that are shown; of the same minute, as notebooks that come together are, by name. */
function newestFirst(a: NotebookFile, b: NotebookFile): number {
  return minuteOf(b).localeCompare(minuteOf(a)) || a.path.localeCompare(b.path);
}

/** The notebooks of the workspace, the newest first. */
export function NotebookRows({ files }: { files: readonly NotebookFile[] }) {
  const sorted = [...files].sort(newestFirst);
  return (
    <table className={classes['list']}>
      <thead>
        <tr>
          <th scope="col">Notebook</th>
          <th scope="col">Changed</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((file) => (
          <Row key={file.path} file={file} />
        ))}
      </tbody>
    </table>
  );
}
