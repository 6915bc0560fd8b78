import { Skeleton } from '@mantine/core';
import { useOverview } from '../../api/queries/overview.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';

/** Which Rollcall this is, where its data is and as whom it acts. */
export function About() {
  const overview = useOverview();
  return (
    <QueryState
      query={overview}
      skeleton={<Skeleton height={180} radius="lg" />}
      errorTitle="These facts could not be loaded"
    >
      {({ version, dataDirectory, operator, secrets }) => (
        <Panel title="About Rollcall">
          <Facts
            facts={[
              ['Version', version],
              [
                'Data directory',
                <span key="data">
                  <code>{dataDirectory}</code>{' '}
                  <CopyButton compact text={dataDirectory} label="Copy data directory" />
                </span>,
              ],
              ['Operator', operator],
              ['Secrets', secrets.message],
            ]}
          />
        </Panel>
      )}
    </QueryState>
  );
}
