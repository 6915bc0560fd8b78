import { Button, Group, Text, Title } from '@mantine/core';
import { useMemberMail, useRetryMail } from '../../api/queries/mail.ts';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { MailStateBadge, MailTime } from './mail-state.tsx';

/** What became of a member's welcome mail; nothing where none was due. */
export function MemberMail({ memberId }: { memberId: string }) {
  const { data: mail, error } = useMemberMail(memberId);
  const retry = useRetryMail();
  if (!mail) return <ErrorCallout error={error} title="The welcome mail could not be loaded" />;
  return (
    <section>
      <Title order={3} mb={2}>
        Welcome mail
      </Title>
      <Group gap="xs">
        <MailStateBadge mail={mail} />
        <Text size="sm">
          <MailTime mail={mail} />
          {mail.recipient !== null && ` to ${mail.recipient}`}
        </Text>
      </Group>
      {mail.lastError && (
        <Text size="sm" mt={4}>
          {mail.lastError}
        </Text>
      )}
      {mail.state === 'failed' && (
        <Button
          variant="default"
          size="compact-xs"
          mt={6}
          loading={retry.isPending}
          onClick={() => retry.mutate({ id: mail.id })}
        >
          Try again
        </Button>
      )}
      <ErrorCallout error={retry.error} />
    </section>
  );
}
