import { UnstyledButton } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useJobs } from '../../api/queries/jobs.ts';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { jobsSummary } from './job-state.ts';
import styles from './jobs.module.css';
import { JobsDrawer } from './jobs-drawer.tsx';

/** What runs in the background, in the status bar; opens the list. */
export function JobsIndicator() {
  const [opened, setOpened] = useState(false);
  const { data } = useJobs();
  const { words, tone } = jobsSummary(data?.items ?? []);
  return (
    <>
      <UnstyledButton
        className={styles.indicator}
        aria-label={`Jobs: ${words}`}
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        <ToneBadge tone={tone} icon={IconListCheck} plain>
          {words}
        </ToneBadge>
      </UnstyledButton>
      <JobsDrawer opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
