import { useState } from 'react';
import { unpackedPart } from './page-parts.ts';
import classes from './reader.module.css';

/** Whose work the page carries along, unpacked when somebody asks. */
export function Licences() {
  const [text, setText] = useState<string | null>(null);
  const open = async (): Promise<void> => {
    if (text === null) setText(await unpackedPart('licences.txt'));
  };
  return (
    <details className={classes['licences']} onToggle={() => void open()}>
      <summary>Free software in this page</summary>
      <pre>{text}</pre>
    </details>
  );
}
