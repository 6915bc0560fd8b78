import { Button, Skeleton, Stack, Title } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import type { Job } from '../../../../shared/contract/jobs.ts';
import { useCancelJob, useJobs } from '../../api/queries/jobs.ts';
import { Callout } from '../../components/callout.tsx';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { jobProgress, jobState } from './job-state.ts';
import styles from './jobs.module.css';

/** Jobs that run or wait, with their progress, and how the last ones ended. */
export function JobsDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <DetailDrawer opened={opened} title="Jobs" onClose={onClose}>
      {opened && <Jobs />}
    </DetailDrawer>
  );
}

function Jobs() {
  const jobs = useJobs();
  return (
    <QueryState
      query={jobs}
      skeleton={<Skeleton height={180} radius="md" />}
      errorTitle="The jobs could not be loaded"
    >
      {({ items, runner }) => {
        const open = items.filter(({ finishedAt }) => finishedAt === null);
        const over = items.filter(({ finishedAt }) => finishedAt !== null);
        return (
          <Stack gap="lg">
            {open.length > 0 && runner === null && (
              <Callout tone="warning" title="Jobs wait">
                Nothing listens on this data directory, and the process that listens is the one that runs
                jobs.
              </Callout>
            )}
            {items.length === 0 && (
              <Empty icon={IconListCheck} title="No jobs">
                Work that lasts, such as sending mail, shows up here while it runs, and how it ended for 30
                days.
              </Empty>
            )}
            <JobList title="Now" jobs={open} />
            <JobList title="Finished" jobs={over} />
          </Stack>
        );
      }}
    </QueryState>
  );
}

function JobList({ title, jobs }: { title: string; jobs: readonly Job[] }) {
  if (jobs.length === 0) return null;
  return (
    <section>
      <Title order={3} mb={6}>
        {title}
      </Title>
      <ul className={styles.list} aria-label={title}>
        {jobs.map((job) => (
          <JobItem key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function JobItem({ job }: { job: Job }) {
  const cancel = useCancelJob();
  const { label, tone } = jobState(job);
  const progress = jobProgress(job);
  const open = job.finishedAt === null;
  return (
    <li className={styles.job}>
      <div className={styles.head}>
        <p className={styles.title}>{job.title}</p>
        <ToneBadge tone={tone}>{label}</ToneBadge>
        {open && (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Cancel: ${job.title}`}
            disabled={job.cancelRequested}
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ id: job.id })}
          >
            Cancel
          </Button>
        )}
      </div>
      {job.state === 'running' && (
        <progress
          className={styles.progress}
          aria-label={`Progress of: ${job.title}`}
          {...(job.total !== null && { value: job.done, max: Math.max(job.total, 1) })}
        />
      )}
      {(job.message || !open) && (
        <p className={styles.message}>{job.message ?? 'There was nothing to do.'}</p>
      )}
      <p className={styles.when}>
        {open && progress !== null && `${progress} · `}
        <RelativeTime time={job.finishedAt ?? job.startedAt ?? job.createdAt} /> ·{' '}
        {job.createdBy === 'system' ? 'by the clock' : job.createdBy}
      </p>
      <ErrorCallout error={cancel.error} title="It was not cancelled" />
    </li>
  );
}
