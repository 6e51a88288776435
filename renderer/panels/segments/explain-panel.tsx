import { Skeleton } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useMemo } from 'react';
import { toProblem } from '../../host/problem.ts';
import { useExplanation } from '../../host/queries/segments.ts';
import { useTablePage } from '../../host/queries/tables.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';
import { CustomerField } from './customer-field.tsx';
import { exampleCustomers } from './example-customers.ts';
import { Explanation } from './explanation.tsx';
import classes from './explain-panel.module.css';
import { type ExplainValue, lookAt } from './segments-value.ts';
import { useFeatureWords } from './use-feature-words.ts';

interface ExplainPanelProps {
  readonly value: ExplainValue;
  readonly onChange: (value: ExplainValue) => void;
}

/** Enough that each segment of a usual model is among them. */
const examplesFrom = { table: 'gold.customer_segments', offset: 0, limit: 200 };

function useExamples() {
  const page = useTablePage(examplesFrom).data;
  return useMemo(() => (page === undefined ? [] : exampleCustomers(page)), [page]);
}

function Waiting() {
  return (
    <div role="status" aria-label="Explaining">
      <Skeleton height={22} width={260} mt={18} />
      <Skeleton height={14} width="60%" mt={12} />
      <div className={classes['split']}>
        <Skeleton height={210} />
        <Skeleton height={210} />
      </div>
    </div>
  );
}

interface AnswerProps {
  readonly customerId: string | null;
  readonly explanation: ReturnType<typeof useExplanation>;
}

function Answer({ customerId, explanation }: AnswerProps) {
  const { data, error, refetch, isPlaceholderData } = explanation;
  const { unit } = useFeatureWords();
  if (customerId === null) {
    return (
      <QuietState icon={<IconUserQuestion size={28} />} title="Whom do you want to know about?">
        With the id of a customer you see why they are in their segment, and the smallest change
        that would move them to another.
      </QuietState>
    );
  }
  if (error !== null) {
    const problem = toProblem(error);
    return (
      <div className={classes['problem']}>
        <ErrorState {...problem} onRetry={problem.retry ? () => void refetch() : undefined} />
      </div>
    );
  }
  if (data === undefined) return <Waiting />;
  return (
    <div className={classes['answer']} data-stale={isPlaceholderData}>
      <Explanation explanation={data} unit={unit} />
    </div>
  );
}

/** Why is this customer in this segment, and what would move them? */
export function ExplainPanel({ value, onChange }: ExplainPanelProps) {
  const { customerId, recent } = value;
  const explanation = useExplanation(customerId);
  const examples = useExamples();
  const busy = customerId !== null && explanation.isFetching;
  const look = (next: string): void => {
    if (next === customerId) void explanation.refetch();
    else onChange(lookAt(value, next, explanation.data?.customerId === customerId));
  };
  return (
    <Card title="Why is a customer where they are?" busy={busy} testId="explain-panel">
      <CustomerField
        customerId={customerId}
        recent={recent}
        examples={examples}
        busy={busy}
        onLook={look}
      />
      <Answer customerId={customerId} explanation={explanation} />
    </Card>
  );
}
