import type { ReactNode } from 'react';
import { toProblem } from '../../host/problem.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FaultBoundary } from '../../ui/fault-boundary.tsx';

/** A panel whose faults stay its own, with a code and a next step like any other failure. */
export function Guarded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <FaultBoundary
      renderFault={(error, again) => (
        <Card title={title}>
          <ErrorState {...toProblem(error)} onRetry={again} />
        </Card>
      )}
    >
      {children}
    </FaultBoundary>
  );
}
