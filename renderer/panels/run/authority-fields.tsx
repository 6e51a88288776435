import { Button, FileButton, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import {
  certificatesIn,
  LONGEST_AUTHORITY,
  pemOf,
} from '../../../pipeline/contract/certificate-authority.ts';
import type { Authority } from './authority-state.ts';
import classes from './run.module.css';
import { TrustedCertificates } from './trusted-certificates.tsx';

interface AuthorityFieldsProps {
  readonly text: string;
  readonly state: Authority;
  readonly onText: (text: string) => void;
}

/** Certificates come as text or, most of all from Windows, as the bytes that the text spells. */
async function certificateFile(file: File): Promise<string> {
  // One that is longer is refused for its length, whatever is in it.
  const bytes = new Uint8Array(await file.slice(0, LONGEST_AUTHORITY + 1).arrayBuffer());
  return bytes[0] === 0x30 ? pemOf(bytes) : new TextDecoder().decode(bytes);
}

/** Whom to trust where the brokers' certificates come from nobody public. */
export function AuthorityFields({ text, state, onText }: AuthorityFieldsProps) {
  const [refused, setRefused] = useState<string | null>(null);
  const forgetFile = useRef<() => void>(null);
  const problem = refused ?? (state.kind === 'bad' ? state.problem : null);
  /** A key that somebody took for a certificate goes nowhere from here, not even into the field. */
  const give = (given: string): void => {
    const read = certificatesIn(given);
    setRefused(read.kind === 'secret' ? read.problem : null);
    onText(read.kind === 'secret' ? '' : given);
  };
  return (
    <>
      <Textarea
        label="Certificate authority"
        description="PEM of a private one; empty, the public ones are trusted."
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={1}
        maxRows={5}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: classes['pem'] ?? '', error: classes['lost'] ?? '' }}
        error={problem === null ? undefined : `This is no certificate: ${problem}`}
        value={text}
        onChange={(event) => give(event.currentTarget.value)}
      />
      <FileButton
        accept=".pem,.crt,.cer,.der"
        resetRef={forgetFile}
        onChange={(file) => {
          if (file === null) return;
          void certificateFile(file).then(give);
          // Or the same file, put right meanwhile, could not be chosen again.
          forgetFile.current?.();
        }}
      >
        {(props) => (
          <Button {...props} size="compact-sm" variant="default">
            Choose a certificate file
          </Button>
        )}
      </FileButton>
      {state.kind === 'private' ? <TrustedCertificates certificates={state.certificates} /> : null}
    </>
  );
}
