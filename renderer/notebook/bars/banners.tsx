import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconDatabase,
  IconFileOff,
  IconGitFork,
  IconHistory,
  IconShieldQuestion,
} from '@tabler/icons-react';
import { formatDay } from '../../ui/format.ts';
import { useNotebook, useOpenNotebook } from '../session/notebook-context.tsx';
import { Banner } from './banner.tsx';
import { runsWords } from './runs-words.ts';
import { timeWords } from './saved-words.ts';

function Untrusted() {
  const { session } = useOpenNotebook();
  const runs = useNotebook(runsWords);
  const mode = useNotebook((state) => state.mode);
  return (
    <Banner
      tone="warn"
      icon={<IconShieldQuestion size={20} />}
      title="Nothing of this notebook runs yet"
      testId="banner-untrusted"
      actions={
        <Button size="compact-sm" onClick={session.trust}>
          {mode === 'reactive' ? 'Trust and run' : 'Trust'}
        </Button>
      }
    >
      It came from elsewhere or was changed outside. Trusted, it would run {runs}: queries read this
      workspace and reach nothing else, scripts run in a sandbox. Read the cells first; what they
      show now was saved with the file.
    </Banner>
  );
}

function Conflict() {
  const { session } = useOpenNotebook();
  return (
    <Banner
      tone="bad"
      icon={<IconGitFork size={20} />}
      title="The file was changed by somebody else"
      testId="banner-conflict"
      actions={
        <>
          <Button size="compact-sm" onClick={() => session.resolve('both')}>
            Keep both
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => session.resolve('mine')}>
            Keep this one
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => session.resolve('theirs')}>
            Take the file
          </Button>
        </>
      }
    >
      There are changes here as well, so nothing is saved until you choose. Keeping both writes
      yours under a second name.
    </Banner>
  );
}

function Gone() {
  const { session } = useOpenNotebook();
  return (
    <Banner
      tone="bad"
      icon={<IconFileOff size={20} />}
      title="The file is gone"
      testId="banner-gone"
      actions={
        <Button size="compact-sm" onClick={() => session.resolve('mine')}>
          Write it again
        </Button>
      }
    >
      It was deleted or moved while there were changes here. Nothing is saved until you write it
      again.
    </Banner>
  );
}

function Recovered({ from }: { from: string }) {
  const { session } = useOpenNotebook();
  return (
    <Banner
      tone="info"
      icon={<IconHistory size={20} />}
      title="Recovered from a crash"
      testId="banner-recovered"
      actions={
        <Button size="compact-sm" variant="default" onClick={() => session.dismiss('recovered')}>
          Dismiss
        </Button>
      }
    >
      This is the copy kept at {timeWords(from)}, newer than the file.
    </Banner>
  );
}

function NewData({ asOf }: { asOf: string | null }) {
  const { session } = useOpenNotebook();
  const run = (): void => {
    session.dismiss('data');
    session.run();
  };
  return (
    <Banner
      tone="info"
      icon={<IconDatabase size={20} />}
      title="New data has arrived"
      testId="banner-data"
      actions={
        <>
          <Button size="compact-sm" onClick={run}>
            Run all
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => session.dismiss('data')}>
            Later
          </Button>
        </>
      }
    >
      {asOf === null ? 'The warehouse changed' : `The warehouse now reaches to ${formatDay(asOf)}`}.
      Results below that are not pinned are from before.
    </Banner>
  );
}

function Problem() {
  const { session } = useOpenNotebook();
  const problem = useNotebook(({ facts }) => facts.problem);
  if (problem === null) return null;
  return (
    <Banner
      tone="bad"
      icon={<IconAlertTriangle size={20} />}
      title={problem.message}
      testId="banner-problem"
      actions={
        <Button size="compact-sm" variant="default" onClick={() => session.dismiss('problem')}>
          Dismiss
        </Button>
      }
    >
      {problem.next} <code>{problem.code}</code>
    </Banner>
  );
}

/** What the whole notebook has to say. */
export function Banners() {
  const facts = useNotebook((state) => state.facts);
  return (
    <>
      <Problem />
      {facts.conflict ? facts.gone ? <Gone /> : <Conflict /> : null}
      {facts.trusted ? null : <Untrusted />}
      {facts.recoveredFrom === null ? null : <Recovered from={facts.recoveredFrom} />}
      {facts.newData === null ? null : <NewData asOf={facts.newData.asOf} />}
    </>
  );
}
