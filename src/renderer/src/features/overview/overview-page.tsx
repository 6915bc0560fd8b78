import type { Overview } from '../../../../shared/contract/overview.ts';
import { useOverview } from '../../api/queries/overview.ts';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { ListenerNotice } from '../listener/listener-notice.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { DeprovisioningPanel } from './deprovisioning-panel.tsx';
import { EndpointCard } from './endpoint-card.tsx';
import styles from './overview-page.module.css';
import { PeoplePanel } from './people-panel.tsx';
import { SecretsPanel } from './secrets-panel.tsx';
import { SsoPanel } from './sso-panel.tsx';
import { TokensPanel } from './tokens-panel.tsx';
import { TrafficPanel } from './traffic-panel.tsx';

/** How the endpoint is doing and what to do next. */
export function OverviewPage() {
  const overview = useOverview();
  return (
    <Page title="Overview">
      <QueryState query={overview} skeleton={<PageSkeleton />} errorTitle="The overview could not be loaded">
        {(data) => <OverviewPanels overview={data} />}
      </QueryState>
    </Page>
  );
}

function OverviewPanels({ overview }: { overview: Overview }) {
  return (
    <>
      <ListenerNotice listener={overview.listener} />
      <EndpointCard state={overview.endpointState} endpoint={overview.endpoint} />
      <div className={styles.columns}>
        <PeoplePanel counts={overview.counts} />
        <DeprovisioningPanel guard={overview.guard} observe={overview.observe} />
        <TrafficPanel requests={overview.requests} />
        <SsoPanel sso={overview.sso} />
        <TokensPanel tokens={overview.liveTokens} />
        <SecretsPanel secrets={overview.secrets} />
      </div>
    </>
  );
}
