import { Button, Progress, TextInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { JobInput } from '../../../pipeline/contract/schemas.ts';
import { useHost } from '../../host/host-context.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { PresetSelect, type Preset } from './preset-select.tsx';
import classes from './run.module.css';
import { useUpload } from './use-upload.ts';

interface FileFormProps {
  readonly presets: readonly Preset[];
  readonly disabled: boolean;
  readonly onStart: (input: JobInput) => void;
}

/** A file from this browser is sent into the workspace first; a path is read where it lies. */
export function FileForm({ presets, disabled, onStart }: FileFormProps) {
  const { opened } = useHost();
  const [file, setFile] = useState<File | null>(null);
  const [path, setPath] = useState(opened.path() ?? '');
  const [preset, setPreset] = useState('');
  const { state, send, cancel } = useUpload();
  useEffect(
    () =>
      opened.subscribe((opening) => {
        setFile(null);
        setPath(opening);
      }),
    [opened],
  );
  const sending = state.kind === 'sending';
  const start = (from: string): void => onStart({ kind: 'ingest-file', path: from, preset });
  const submit = (): void => {
    if (file !== null) void send(file, start);
    else start(path.trim());
  };
  const complete = preset !== '' && (file !== null || path.trim() !== '');
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !sending && !disabled) submit();
      }}
    >
      <FileDrop
        file={file}
        onFile={setFile}
        hint="CSV, JSON, NDJSON, Parquet, or gzipped"
        disabled={sending}
      />
      {file === null ? (
        <TextInput
          label="Or a path on this machine"
          placeholder="/home/me/orders.csv.gz"
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
      ) : null}
      <PresetSelect presets={presets} value={preset} onChange={setPreset} />
      {state.kind === 'failed' ? <ErrorState {...state.problem} /> : null}
      {sending ? (
        <div className={classes['sending']}>
          <Progress value={state.share * 100} aria-label="Sending the file" />
          <Button size="compact-sm" variant="subtle" onClick={cancel}>
            Stop sending
          </Button>
        </div>
      ) : (
        <Button
          type="submit"
          disabled={disabled || !complete}
          leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
        >
          Ingest the file
        </Button>
      )}
    </form>
  );
}
