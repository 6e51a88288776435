import { Skeleton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useHost } from '../../host/host-context.tsx';
import { toProblem } from '../../host/problem.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { ToolButton } from '../cells/tool-button.tsx';
import { useOpenNotebook } from '../session/notebook-context.tsx';
import { ShareForm } from './share-form.tsx';
import classes from './share.module.css';

/** Before anything leaves this machine: what would. */
export function SharePage({ title, onBack }: { title: string; onBack: () => void }) {
  const { client } = useHost();
  const { session } = useOpenNotebook();
  const report = useQuery({
    queryKey: ['notebooks', session.id, 'share'],
    gcTime: 0,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      await session.flush();
      return client.notebooks.inspect({ id: session.id }, { signal });
    },
  });
  return (
    <div className={classes['share']} data-testid="share-page">
      <header className={classes['head']}>
        <ToolButton
          label="Back to the notebook"
          icon={<IconArrowLeft size={16} />}
          onClick={onBack}
        />
        <h2>Share {title}</h2>
        <p>What would leave this machine</p>
      </header>
      {report.data !== undefined ? (
        <ShareForm report={report.data} />
      ) : report.error !== null ? (
        <ErrorState {...toProblem(report.error)} onRetry={() => void report.refetch()} />
      ) : (
        <Skeleton height={420} mt={16} aria-busy="true" />
      )}
    </div>
  );
}
