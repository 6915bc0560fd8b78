import { Navigate } from 'react-router';
import type { Overview, Setup } from '../../../../shared/contract/overview.ts';
import { useOverview } from '../../api/queries/overview.ts';
import { useSetup } from '../../api/queries/setup.ts';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import type { SetupView } from '../../paths.ts';
import { paths } from '../../paths.ts';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import styles from './identity-setup-page.module.css';
import { IssuedTokenPanel } from './issued-token-panel.tsx';
import { LeaveTokenDialog } from './leave-token-dialog.tsx';
import { SetupContent } from './setup-content.tsx';
import { StepRail } from './step-rail.tsx';
import { openingView, parseView } from './steps.ts';
import { useIssuedToken } from './use-issued-token.ts';

const CRUMBS = [
  { label: 'Settings', to: paths.settings },
  { label: 'Enterprise', to: paths.enterprise },
];

/** The Enterprise Identity Setup: SSO, then SCIM, then what runs. Each visit computes from the data where it stands. */
export function IdentitySetupPage() {
  const setup = useSetup();
  const overview = useOverview();
  return (
    <Page title="Enterprise Identity Setup" crumbs={CRUMBS}>
      <QueryState query={setup} skeleton={<PageSkeleton />} errorTitle="The setup could not be loaded">
        {(setupData) => (
          <QueryState
            query={overview}
            skeleton={<PageSkeleton />}
            errorTitle="The endpoint's state could not be loaded"
          >
            {(overviewData) => <IdentitySetup setup={setupData} overview={overviewData} />}
          </QueryState>
        )}
      </QueryState>
    </Page>
  );
}

function IdentitySetup({ setup, overview }: { setup: Setup; overview: Overview }) {
  const [step, setStep] = useSearchParam('step', { push: true });
  const view = parseView(step);
  const { issued, hold, release, blocker } = useIssuedToken();

  // Into the URL, so that a step that gets done while it is on screen does not pull the page away.
  if (view === null) return <Navigate to={paths.identitySetup(openingView(setup))} replace />;

  return (
    <div className={styles.frame}>
      <div className={styles.columns}>
        <StepRail setup={setup} overview={overview} view={view} />
        <div className={styles.content}>
          {issued ? (
            <IssuedTokenPanel
              issued={issued.token}
              onStored={() => {
                release();
                setStep(issued.next);
              }}
            />
          ) : (
            <SetupContent
              key={view}
              view={view}
              setup={setup}
              overview={overview}
              goTo={(next: SetupView) => setStep(next)}
              onIssued={hold}
            />
          )}
        </div>
      </div>
      <LeaveTokenDialog blocker={blocker} onLeave={release} />
    </div>
  );
}
