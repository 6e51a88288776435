import { Button, Checkbox, Radio } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ShareReport } from '../../../pipeline/contract/notebook.ts';
import { useHost } from '../../host/host-context.tsx';
import { toProblem } from '../../host/problem.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatBytes } from '../../ui/format.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { useOpenNotebook } from '../session/notebook-context.tsx';
import { saveFile } from './save-file.ts';
import classes from './share.module.css';
import {
  choicesOf,
  formats,
  leaving,
  startPlan,
  withAggregated,
  withTreatment,
  type SharePlan,
} from './share-plan.ts';
import { ShareTables } from './share-tables.tsx';

interface PlanProps {
  readonly plan: SharePlan;
  readonly onPlan: (plan: SharePlan) => void;
}

function Format({ plan, onPlan }: PlanProps) {
  return (
    <Radio.Group
      label="As what"
      value={plan.format}
      onChange={(value) => {
        const found = formats.find((format) => format.value === value);
        if (found !== undefined) onPlan({ ...plan, format: found.value });
      }}
    >
      <div className={classes['formats']}>
        {formats.map(({ value, title, words }) => (
          <Radio key={value} size="xs" value={value} label={title} description={words} />
        ))}
      </div>
    </Radio.Group>
  );
}

function Export({ plan, report }: { plan: SharePlan; report: ShareReport }) {
  const { client } = useHost();
  const { session } = useOpenNotebook();
  const exporting = useMutation({
    mutationFn: async () => {
      await session.flush();
      const choices = choicesOf(plan, report);
      const made = await client.notebooks.export({ id: session.id, format: plan.format, choices });
      saveFile(made);
      return made.name;
    },
  });
  const open = leaving(plan, report);
  return (
    <div className={classes['export']}>
      {open.length === 0 ? null : (
        <p className={classes['warning']} role="status">
          {open.length === 1 ? 'One column' : `${open.length} columns`} with something of persons
          would leave as {open.length === 1 ? 'it is' : 'they are'}: {open.slice(0, 6).join(', ')}
          {open.length > 6 ? ' and others' : ''}.
        </p>
      )}
      {exporting.error === null ? null : (
        <ErrorState {...toProblem(exporting.error)} onRetry={() => exporting.mutate()} />
      )}
      <Button loading={exporting.isPending} onClick={() => exporting.mutate()}>
        Make the file
      </Button>
      <p className={classes['quiet']} role="status">
        {exporting.data === undefined
          ? 'What you choose is written into the file.'
          : `${exporting.data} was made.`}
      </p>
    </div>
  );
}

function Attachments({ report: { attachments } }: { report: ShareReport }) {
  if (attachments.length === 0) return null;
  return (
    <>
      <h3>Attached to text</h3>
      <ul className={classes['texts']}>
        {attachments.map(({ cell, name, type, bytes }) => (
          <li key={`${cell} ${name} ${type}`}>
            {name}: {type}, {formatBytes(bytes)}, in cell <code>{cell}</code>. It leaves as it is;
            what a picture shows is not looked at. Take it out of the text to keep it here.
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a share takes off this machine, and what is done to it before. */
export function ShareForm({ report }: { report: ShareReport }) {
  const [plan, setPlan] = useState(startPlan);
  return (
    <div className={classes['columns']}>
      <div>
        <h3>Data inside</h3>
        <ShareTables
          report={report}
          plan={plan}
          onTreatment={(key, treatment) => setPlan((old) => withTreatment(old, key, treatment))}
          onAggregated={(table, only) => setPlan((old) => withAggregated(old, table, only))}
        />
        {report.texts.length === 0 ? null : (
          <>
            <h3>In words, code and outputs</h3>
            <ul className={classes['texts']}>
              {report.texts.map(({ cell, kind, count }) => (
                <li key={`${cell}-${kind}`}>
                  {kind}: {count} in cell <code>{cell}</code>. Change the cell to take it out.
                </li>
              ))}
            </ul>
          </>
        )}
        <Attachments report={report} />
      </div>
      <aside className={classes['side']} aria-label="The share">
        <Format plan={plan} onPlan={setPlan} />
        <Checkbox
          size="xs"
          label="With outputs"
          description="Without them the file holds words and code only."
          checked={plan.outputs}
          onChange={(event) => setPlan({ ...plan, outputs: event.currentTarget.checked })}
        />
        <NumberField
          label="Leave out groups of fewer people than"
          description="In tables and charts; panels keep their results."
          whole
          min={0}
          max={1000}
          value={plan.minimumCount}
          onChange={(minimumCount) => setPlan({ ...plan, minimumCount })}
        />
        <Export plan={plan} report={report} />
      </aside>
    </div>
  );
}
