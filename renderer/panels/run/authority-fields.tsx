import { Button, FileButton, Textarea } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { LONGEST_AUTHORITY, pemOf } from '../../../pipeline/contract/certificate-authority.ts';
import type { Authority } from './authority-state.ts';
import classes from './run.module.css';

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

const withColons = (fingerprint: string): string =>
  (fingerprint.toUpperCase().match(/../g) ?? []).join(':');

/** Whom to trust where the brokers' certificates come from nobody public. */
export function AuthorityFields({ text, state, onText }: AuthorityFieldsProps) {
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
        error={state.kind === 'bad' ? `This is no certificate: ${state.problem}` : undefined}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <FileButton
        accept=".pem,.crt,.cer,.der"
        onChange={(file) => {
          if (file !== null) void certificateFile(file).then(onText);
        }}
      >
        {(props) => (
          <Button {...props} size="compact-sm" variant="default">
            Choose a certificate file
          </Button>
        )}
      </FileButton>
      {state.kind === 'private' ? (
        <p className={classes['keptWords']} data-testid="trusted-authority">
          <IconCertificate size={15} aria-hidden="true" />
          <span>
            Only {state.fingerprints.length === 1 ? 'this one is' : 'these are'} trusted. SHA-256{' '}
            {state.fingerprints.map((one) => (
              <code key={one} className={classes['fingerprint']}>
                {withColons(one)}
              </code>
            ))}
          </span>
        </p>
      ) : null}
    </>
  );
}
