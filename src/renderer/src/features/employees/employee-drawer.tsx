import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { EmployeeDetail } from '../../../../shared/contract/employees.ts';
import { useEmployee, useReports } from '../../api/queries/employees.ts';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Facts } from '../../components/facts.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { count } from '../../format/number.ts';
import { absoluteTime, calendarDate } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import { EditSection } from '../members/edit-section.tsx';
import { EmployeeActions } from './employee-actions.tsx';
import styles from './employee-drawer.module.css';
import { EMPLOYEE_STATUS, EmployeeStatusBadge } from './employee-status.tsx';

/** So many reports are named; the tree has all of them. */
const NAMED = 20;

/** One record: what it says, who is above and below, and what became of it. */
export function EmployeeDrawer({
  id,
  onOpen,
  onClose,
}: {
  id: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
}) {
  return (
    <DetailDrawer opened={id !== null} title="Employee record" onClose={onClose}>
      {id !== null && <EmployeeLoader key={id} id={id} onOpen={onOpen} />}
    </DetailDrawer>
  );
}

function EmployeeLoader({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const query = useEmployee(id);
  return (
    <QueryState
      query={query}
      skeleton={<Skeleton height={280} radius="md" />}
      errorTitle="This record could not be loaded"
    >
      {(detail) => <Detail detail={detail} onOpen={onOpen} />}
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

function Detail({ detail, onOpen }: { detail: EmployeeDetail; onOpen: (id: string) => void }) {
  const { employee, history } = detail;
  const { status, endedAt, endedBy, endReason, memberId, startsOn, endsOn } = employee;
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} mb={6}>
          {employee.displayName}
        </Title>
        <EmployeeStatusBadge status={status} />
        <Text size="sm" mt="xs">
          {endedAt
            ? `Ended on ${calendarDate(endedAt)} by ${whoIs(endedBy)}. ${endReason ?? ''}`
            : EMPLOYEE_STATUS[status].meaning}
        </Text>
      </div>
      <EmployeeActions employee={employee} />
      <Section title="Employment">
        <Facts
          facts={[
            ['Number', employee.employeeNumber],
            ['Title', employee.title],
            ['Department', employee.department],
            ['Division', employee.division],
            ['Cost centre', employee.costCenter],
            ['Organization', employee.organization],
            ['First day', startsOn && dayOf(startsOn)],
            ['Last day', endsOn && dayOf(endsOn)],
            ['Record since', calendarDate(employee.startedAt)],
          ]}
        />
      </Section>
      {memberId && <EditSection memberId={memberId} />}
      <Section title="Reports to">
        <Chain detail={detail} onOpen={onOpen} />
      </Section>
      {employee.reports > 0 && (
        <Section title={`Reports (${count(employee.reports)})`}>
          <Reports id={employee.id} total={employee.reports} onOpen={onOpen} />
        </Section>
      )}
      <Section title="History">
        {history.length === 0 ? (
          <Text size="sm" c="dimmed">
            The trail has nothing of this record by itself.
          </Text>
        ) : (
          <ol className={styles.history} aria-label="History">
            {history.map(({ time, actor, what }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the trail only grows, and two events may read alike
              <li key={index}>
                <time dateTime={time}>{absoluteTime(time)}</time>
                <span>{what}</span>
                <span className={styles.actor}>{whoIs(actor)}</span>
              </li>
            ))}
          </ol>
        )}
      </Section>
      {memberId ? (
        <Button
          component={Link}
          to={paths.members({ member: memberId })}
          variant="default"
          leftSection={<IconUser size={16} aria-hidden />}
        >
          The member, and their access
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          The member is deleted; this record is what stays.
        </Text>
      )}
    </Stack>
  );
}

const ABOVE: Record<EmployeeDetail['above'], string | null> = {
  nobody: null,
  unknown: 'Somebody whom the IdP names, and never pushed',
  cycle: 'A circle: the line comes back to somebody below',
};

function Chain({
  detail: { employee, chain, above },
  onOpen,
}: {
  detail: EmployeeDetail;
  onOpen: (id: string) => void;
}) {
  if (chain.length === 0 && above === 'nobody') return <Text size="sm">Nobody: the top of the tree.</Text>;
  return (
    <ol className={styles.chain} aria-label="Managers, from the top">
      {ABOVE[above] && (
        <li>
          <Text size="sm" c="dimmed">
            {ABOVE[above]}
            {above === 'unknown' && chain.length === 0 && (
              <>
                {' '}
                (<code>{employee.managerId}</code>)
              </>
            )}
          </Text>
        </li>
      )}
      {chain.map(({ id, displayName, title }) => (
        <li key={id}>
          <Button variant="subtle" size="compact-sm" onClick={() => onOpen(id)}>
            {displayName}
          </Button>
          {title && (
            <Text span size="sm" c="dimmed">
              {title}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
}

function Reports({ id, total, onOpen }: { id: string; total: number; onOpen: (id: string) => void }) {
  const query = useReports(id);
  return (
    <QueryState
      query={query}
      skeleton={<Skeleton height={60} />}
      errorTitle="The reports could not be loaded"
    >
      {({ items }) => (
        <>
          <div className={styles.reports}>
            {items.slice(0, NAMED).map((report) => (
              <Button
                key={report.id}
                variant="transparent"
                size="compact-sm"
                px={0}
                onClick={() => onOpen(report.id)}
              >
                {report.displayName}
              </Button>
            ))}
          </div>
          {total > NAMED && (
            <Text size="sm" c="dimmed">
              And {count(total - NAMED)} more, in the tree.
            </Text>
          )}
        </>
      )}
    </QueryState>
  );
}

/** A day as it is written, whatever the time zone. */
function dayOf(day: string): string {
  return calendarDate(`${day}T00:00:00.000Z`, 'UTC');
}

function whoIs(actor: string | null): string {
  return actor === null ? 'somebody' : actor.startsWith('token:') ? 'the IdP' : actor;
}
