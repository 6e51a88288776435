import { CloseButton } from '@mantine/core';
import { IconFile, IconUpload } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { formatBytes } from './format.ts';
import classes from './file-drop.module.css';

interface FileDropProps {
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
  readonly hint: string;
  readonly disabled: boolean;
}

/** A file chosen by click, by keyboard or by dropping it here. */
export function FileDrop({ file, onFile, hint, disabled }: FileDropProps) {
  const [over, setOver] = useState(false);
  const input = useId();
  if (file !== null) {
    return (
      <div className={classes['chosen']}>
        <IconFile size={20} aria-hidden="true" />
        <span>
          <b title={file.name}>{file.name}</b>
          <small>{formatBytes(file.size)}</small>
        </span>
        <CloseButton
          size="sm"
          aria-label={`Do not use ${file.name}`}
          disabled={disabled}
          onClick={() => onFile(null)}
        />
      </div>
    );
  }
  return (
    <label
      htmlFor={input}
      className={classes['drop']}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFile(event.dataTransfer.files[0] ?? null);
      }}
    >
      <IconUpload size={22} aria-hidden="true" />
      <span>
        Drop a file here, or <u>choose one</u>
      </span>
      <small>{hint}</small>
      <input
        id={input}
        type="file"
        className={classes['input']}
        onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)}
      />
    </label>
  );
}
