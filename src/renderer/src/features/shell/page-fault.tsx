import { Button } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { Empty } from '../../components/empty.tsx';

/** What stands in place of a page that broke. The endpoint does not depend on it, and says so. */
export function PageFault() {
  return (
    <div role="alert">
      <title>Problem · Rollcall</title>
      <Empty
        icon={IconBug}
        title="This page could not be shown"
        actions={<Button onClick={() => window.location.reload()}>Reload the console</Button>}
      >
        A fault in the console stopped it. The SCIM endpoint is not affected and goes on answering.
      </Empty>
    </div>
  );
}
