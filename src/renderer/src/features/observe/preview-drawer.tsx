import { Stack, Text, Title } from '@mantine/core';
import type { PreviewedResource } from '../../../../shared/contract/observe.ts';
import { Callout } from '../../components/callout.tsx';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { counted } from '../../format/number.ts';

/** All that applying one person or group would change, and why. */
export function PreviewDrawer({
  resource,
  onClose,
}: {
  resource: PreviewedResource | null;
  onClose: () => void;
}) {
  return (
    <DetailDrawer opened={resource !== null} title="What would change" onClose={onClose}>
      {resource && <Detail resource={resource} />}
    </DetailDrawer>
  );
}

function Detail({ resource: { name, kind, since, cutAt, changes } }: { resource: PreviewedResource }) {
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{name}</Title>
        <Text size="sm" c="dimmed">
          {kind === 'user' ? 'A person' : 'A group'}, first changed by the IdP <RelativeTime time={since} />
        </Text>
      </div>
      {cutAt && (
        <Callout tone="warning" title="Access was cut at once">
          The IdP took it away <RelativeTime time={cutAt} />; that never waits. The rest does.
        </Callout>
      )}
      {changes.length === 0 && <Text size="sm">Nothing would change: it is so here already.</Text>}
      {changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a preview is shown as a whole, and two changes may read alike
        <section key={index}>
          <Text size="sm" fw={600}>
            {change.what}
          </Text>
          <Moved verb="Joining" moved={change.joined} />
          <Moved verb="Leaving" moved={change.left} />
          <Text size="sm" c="dimmed">
            {change.because}
          </Text>
        </section>
      ))}
    </Stack>
  );
}

function Moved({ verb, moved }: { verb: string; moved: PreviewedResource['changes'][number]['joined'] }) {
  if (!moved || moved.count === 0) return null;
  const unnamed = moved.count - moved.names.length;
  const names = moved.names.join(', ');
  const others = counted(unnamed, 'person', 'people');
  return (
    <Text size="sm">
      {verb}: {names === '' ? others : unnamed === 0 ? names : `${names} and ${others} nobody here knows`}
    </Text>
  );
}
