import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { paths } from '../../paths.ts';

/** For links that lead nowhere. */
export function PageNotFound() {
  const { pathname } = useLocation();
  return (
    <Page title="Page not found">
      <Empty
        icon={IconMapQuestion}
        title="The console has no such page"
        actions={
          <Button component={Link} to={paths.overview}>
            Go to the overview
          </Button>
        }
      >
        Nothing is at <code>{pathname}</code>. The link may be from another version of Rollcall.
      </Empty>
    </Page>
  );
}
