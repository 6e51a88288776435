import { Skeleton, Tabs } from '@mantine/core';
import { IconBroadcast, IconFile, IconSparkles } from '@tabler/icons-react';
import type { RunReport } from '../../../pipeline/contract/schemas.ts';
import { isBusy } from './job-state.ts';
import type { JobFeed } from './use-job-feed.ts';
import { Card } from '../../ui/card.tsx';
import { DemoForm } from './demo-form.tsx';
import { FileForm } from './file-form.tsx';
import { JobCard } from './job-card.tsx';
import { KafkaForm } from './kafka-form.tsx';
import { LastRun } from './last-run.tsx';
import type { Preset } from './preset-select.tsx';
import classes from './run.module.css';

const ways = ['demo', 'file', 'kafka'] as const;
export type Way = (typeof ways)[number];

interface RunPanelProps {
  readonly way: Way;
  readonly onWay: (way: Way) => void;
  readonly feed: JobFeed;
  /** Null until the workspace has told them, or as long as it cannot. */
  readonly presets: readonly Preset[] | null;
  readonly failed: boolean;
  readonly connected: boolean;
  readonly lastRun: RunReport | null;
}

/** The three ways in, and the job that one of them began. */
export function RunPanel({ way, onWay, feed, presets, failed, connected, lastRun }: RunPanelProps) {
  const disabled = !connected || isBusy(feed.state);
  return (
    <div className={classes['panel']}>
      <JobCard feed={feed} connected={connected} />
      <Card title="Bring data in" testId="run-panel">
        {presets === null && failed ? (
          <p className={classes['wait']}>The ways in open as soon as the workspace can be read.</p>
        ) : presets === null ? (
          <Skeleton height={230} mt={6} />
        ) : (
          <Tabs
            value={way}
            onChange={(value) => onWay(ways.find((known) => known === value) ?? 'demo')}
            keepMounted
            classNames={{
              panel: classes['tab'] ?? '',
              tab: classes['tabButton'] ?? '',
              tabLabel: classes['tabText'] ?? '',
            }}
          >
            <Tabs.List grow>
              <Tabs.Tab value="demo" leftSection={<IconSparkles size={15} aria-hidden="true" />}>
                Demo
              </Tabs.Tab>
              <Tabs.Tab value="file" leftSection={<IconFile size={15} aria-hidden="true" />}>
                File
              </Tabs.Tab>
              <Tabs.Tab value="kafka" leftSection={<IconBroadcast size={15} aria-hidden="true" />}>
                Kafka
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="demo">
              <DemoForm disabled={disabled} onStart={feed.start} />
            </Tabs.Panel>
            <Tabs.Panel value="file">
              <FileForm presets={presets} disabled={disabled} onStart={feed.start} />
            </Tabs.Panel>
            <Tabs.Panel value="kafka">
              <KafkaForm presets={presets} disabled={disabled} onStart={feed.start} />
            </Tabs.Panel>
          </Tabs>
        )}
        {isBusy(feed.state) ? (
          <p className={classes['wait']}>
            One job at a time: a workspace has one writer. Another can start when this one ends.
          </p>
        ) : null}
        {lastRun === null ? null : <LastRun run={lastRun} />}
      </Card>
    </div>
  );
}
