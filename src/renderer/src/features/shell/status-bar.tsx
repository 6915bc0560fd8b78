import { IconDatabaseOff, IconKey, IconLock, IconPlugConnectedX, IconServer2 } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ListenerState } from '../../../../shared/contract/listener.ts';
import type { Overview, SecretsState } from '../../../../shared/contract/overview.ts';
import { EndpointStateBadge } from '../../components/endpoint-state.tsx';
import type { Tone } from '../../components/tone.ts';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { paths } from '../../paths.ts';
import { JobsIndicator } from '../jobs/jobs-indicator.tsx';
import styles from './status-bar.module.css';

function listenerSummary(listener: ListenerState): { words: string; tone: Tone } {
  switch (listener.state) {
    case 'listening':
      return { words: `${listener.host}:${listener.port}`, tone: 'good' };
    case 'starting':
      return { words: 'Listener starting', tone: 'waiting' };
    case 'port-in-use':
      return { words: `Port ${listener.port} is in use`, tone: 'bad' };
    case 'failed':
      return { words: 'Listener failed', tone: 'bad' };
    case 'stopped':
      return { words: 'Not listening', tone: 'warning' };
  }
}

const SECRETS: Record<SecretsState['state'], { words: string; tone: Tone; icon: typeof IconKey }> = {
  keychain: { words: 'Keychain', tone: 'good', icon: IconKey },
  'key-file': { words: 'Key file', tone: 'good', icon: IconKey },
  locked: { words: 'Keychain locked', tone: 'warning', icon: IconLock },
  unavailable: { words: 'No keychain', tone: 'warning', icon: IconDatabaseOff },
  'not-needed-yet': { words: 'No secrets yet', tone: 'idle', icon: IconKey },
};

/** One line that is always in sight: endpoint, listener, secrets; and whether all that is still true. */
export function StatusBar({ overview, outdated }: { overview: Overview | undefined; outdated: boolean }) {
  if (!overview) return <div className={styles.bar} aria-busy={!outdated} />;
  const listener = listenerSummary(overview.listener);
  const secrets = SECRETS[overview.secrets.state];

  return (
    <div className={styles.bar}>
      <output className={styles.item} aria-label="Endpoint state">
        <EndpointStateBadge state={overview.endpointState} plain />
      </output>
      <Link to={paths.listener} className={styles.item} aria-label={`Listener: ${listener.words}`}>
        <ToneBadge
          tone={listener.tone}
          icon={listener.tone === 'bad' ? IconPlugConnectedX : IconServer2}
          plain
        >
          {listener.words}
        </ToneBadge>
      </Link>
      <span className={styles.item}>
        <ToneBadge tone={secrets.tone} icon={secrets.icon} plain title={overview.secrets.message}>
          {secrets.words}
        </ToneBadge>
      </span>
      {outdated && (
        <span className={styles.item}>
          <ToneBadge
            tone="bad"
            plain
            title="The newest state could not be loaded; this is the last one known."
          >
            Not up to date
          </ToneBadge>
        </span>
      )}
      <JobsIndicator />
      <span className={styles.version}>{overview.version}</span>
    </div>
  );
}
