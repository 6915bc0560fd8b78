import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconActivityHeartbeat } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Employee, Member } from '../../../../shared/contract/people.ts';
import { useMember } from '../../api/queries/members.ts';
import { Callout } from '../../components/callout.tsx';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Facts } from '../../components/facts.tsx';
import { MEMBER_STATES, MemberStateBadge } from '../../components/member-state.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { calendarDate } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import { EMPLOYEE_STATUS } from '../employees/employee-status.tsx';
import { MemberMail } from '../mail/member-mail.tsx';
import { EditSection } from './edit-section.tsx';
import { GrantsSection } from './grants-section.tsx';
import { StandingSection } from './standing-section.tsx';

/** One member: why the state is what it is, what the IdP said, and the employee record. */
export function MemberDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <DetailDrawer opened={id !== null} title="Member" onClose={onClose}>
      {id !== null && <MemberLoader id={id} />}
    </DetailDrawer>
  );
}

function MemberLoader({ id }: { id: string }) {
  const query = useMember(id);
  return (
    <QueryState
      query={query}
      skeleton={<Skeleton height={280} radius="md" />}
      errorTitle="This member could not be loaded"
    >
      {({ member, employee }) => <MemberDetail member={member} employee={employee} />}
    </QueryState>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb={2}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function MemberDetail({ member, employee }: { member: Member; employee: Employee | null }) {
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} mb={6}>
          {member.displayName || member.userName}
        </Title>
        <MemberStateBadge state={member.state} />
        <Text size="sm" mt="xs">
          {member.reason}
        </Text>
        <Text size="sm" c="dimmed">
          {MEMBER_STATES[member.state].meaning} Since <RelativeTime time={member.since} />.
        </Text>
      </div>

      {member.origin === 'scim' && member.userId !== null && (
        <Callout tone="waiting" title="Your IdP owns this person">
          Name, e-mail, state and teams come from the IdP. What is changed elsewhere may be overwritten by its
          next push; change it there.
        </Callout>
      )}

      <StandingSection id={member.id} />

      <Section title="Person">
        <Facts
          facts={[
            ['E-mail', member.email ?? 'None'],
            ['First name', member.firstName],
            ['Last name', member.lastName],
            ['Came from', member.origin === 'scim' ? 'The IdP, over SCIM' : 'Added by hand'],
            ['Created', <RelativeTime key="created" time={member.createdAt} />],
            ['Updated', <RelativeTime key="updated" time={member.updatedAt} />],
          ]}
        />
      </Section>

      <GrantsSection
        memberId={member.id}
        canReceive={member.state !== 'deactivated' && member.state !== 'deleted'}
      />

      <Section title="Identifiers">
        <Facts
          facts={[
            ['userName', member.userName],
            ['externalId', member.externalId ?? 'None sent'],
            ['SCIM id', member.userId ? <code key="scim">{member.userId}</code> : 'Deleted by the IdP'],
            ['Member id', <code key="id">{member.id}</code>],
          ]}
        />
      </Section>

      {member.state !== 'deleted' && <EditSection memberId={member.id} />}

      <MemberMail memberId={member.id} />

      <Section title="Employee record">
        {employee ? (
          <>
            <EmployeeFacts employee={employee} />
            <Link to={paths.employees({ employee: employee.id })}>Open the record</Link>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            The IdP has sent no employment facts for this person.
          </Text>
        )}
      </Section>

      <Button
        component={Link}
        to={paths.activity({ search: member.userName })}
        variant="default"
        leftSection={<IconActivityHeartbeat size={16} aria-hidden />}
      >
        Requests about this person
      </Button>
    </Stack>
  );
}

function EmployeeFacts({ employee }: { employee: Employee }) {
  return (
    <Facts
      facts={[
        ['Status', EMPLOYEE_STATUS[employee.status].label],
        ['Number', employee.employeeNumber],
        ['Title', employee.title],
        ['Department', employee.department],
        ['Division', employee.division],
        ['Cost centre', employee.costCenter],
        ['Organization', employee.organization],
        ['Manager (SCIM id)', employee.managerId && <code key="manager">{employee.managerId}</code>],
        ['Started', calendarDate(employee.startedAt)],
        ['Ended', employee.endedAt && calendarDate(employee.endedAt)],
      ]}
    />
  );
}
