import { IconHourglass, IconStack2 } from '@tabler/icons-react';
import { Card } from '../../ui/card.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';

/** A view whose tables a run has yet to make. */
export function WaitingView({ title, busy }: { title: string; busy: boolean }) {
  return (
    <Card title={title} busy={busy} testId="view-waiting">
      {busy ? (
        <QuietState icon={<IconHourglass size={26} />} title="On its way" height={320}>
          This view opens when the run reaches the gold layer.
        </QuietState>
      ) : (
        <QuietState icon={<IconStack2 size={26} />} title="Not computed yet" height={320}>
          Records have landed. Run the pipeline to turn them into features and segments.
        </QuietState>
      )}
    </Card>
  );
}
