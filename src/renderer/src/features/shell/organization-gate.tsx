import { Button } from '@mantine/core';
import { IconBuildingSkyscraper } from '@tabler/icons-react';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { useOverview } from '../../api/queries/overview.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { paths } from '../../paths.ts';

/** Pages about an organization: before there is one, the console opens on the identity setup instead. */
export function OrganizationGate() {
  const overview = useOverview();
  const { pathname } = useLocation();

  // Unknown is not "none": while it loads, or if it can't be loaded, the page speaks for itself.
  if (overview.data?.organization !== null) return <Outlet />;
  if (pathname === paths.overview) return <Navigate to={paths.identitySetup()} replace />;
  return (
    <Page title="No organization">
      <Empty
        icon={IconBuildingSkyscraper}
        title="There is no organization yet"
        actions={
          <Button component={Link} to={paths.identitySetup()}>
            Start the identity setup
          </Button>
        }
      >
        Name it in the first step of the identity setup; people and teams come after that.
      </Empty>
    </Page>
  );
}
