import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { AppError } from '../../../../shared/app-error.ts';
import type { EmployeeRecord } from '../../../../shared/contract/employees.ts';
import {
  useEndEmployee,
  useReopenEmployee,
  useSetEmployeeDates,
  useSetEmployeeStatus,
} from '../../api/queries/employees.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { calendarDate } from '../../format/time.ts';

interface DialogProps {
  employee: EmployeeRecord;
  onClose: () => void;
}

/** What can be done to one record by hand. */
export function EmployeeActions({ employee }: { employee: EmployeeRecord }) {
  const [asking, setAsking] = useState<'end' | 'reopen' | 'dates' | null>(null);
  const setStatus = useSetEmployeeStatus();
  const { id, status } = employee;
  const close = () => setAsking(null);
  return (
    <div>
      <Group gap="xs">
        {status === 'active' && (
          <Button
            variant="default"
            loading={setStatus.isPending}
            onClick={() => setStatus.mutate({ id, status: 'on-leave' })}
          >
            On leave
          </Button>
        )}
        {status === 'on-leave' && (
          <Button loading={setStatus.isPending} onClick={() => setStatus.mutate({ id, status: 'active' })}>
            Back from leave
          </Button>
        )}
        <Button variant="default" onClick={() => setAsking('dates')}>
          Days…
        </Button>
        {status === 'ended' ? (
          <Button onClick={() => setAsking('reopen')}>Reopen…</Button>
        ) : (
          <Button variant="default" onClick={() => setAsking('end')}>
            End…
          </Button>
        )}
      </Group>
      <ErrorCallout error={setStatus.error} title="The record was not changed" />
      {asking === 'end' && <EndDialog employee={employee} onClose={close} />}
      {asking === 'reopen' && <ReopenDialog employee={employee} onClose={close} />}
      {asking === 'dates' && <DatesDialog employee={employee} onClose={close} />}
    </div>
  );
}

function EndDialog({ employee: { id, displayName }, onClose }: DialogProps) {
  const end = useEndEmployee();
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      opened
      title={`End the record of ${displayName}?`}
      confirmLabel="End the record"
      danger
      pending={end.isPending}
      blocked={reason.trim() === ''}
      error={end.error}
      onConfirm={() => end.mutate({ id, reason: reason.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text size="sm">
        The employment is over from now on; you and the reason stand in the record. Access does not follow
        from it: suspend the member for that, or let the IdP do it.
      </Text>
      <TextInput
        label="Reason"
        description="For the record; everybody who may see members sees it."
        required
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

function ReopenDialog({ employee: { id, displayName, endedAt, endReason }, onClose }: DialogProps) {
  const reopen = useReopenEmployee();
  return (
    <ConfirmDialog
      opened
      title={`Reopen the record of ${displayName}?`}
      confirmLabel="Reopen the record"
      pending={reopen.isPending}
      error={reopen.error}
      onConfirm={() => reopen.mutate({ id }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text size="sm">
        It ended{endedAt && ` on ${calendarDate(endedAt)}`}: {endReason} It goes on as active from now; the
        history keeps the end. Access does not come back with it.
      </Text>
    </ConfirmDialog>
  );
}

function DatesDialog({ employee, onClose }: DialogProps) {
  const setDates = useSetEmployeeDates();
  const [startsOn, setStartsOn] = useState(employee.startsOn ?? '');
  const [endsOn, setEndsOn] = useState(employee.endsOn ?? '');
  const { error } = setDates;
  const field = error instanceof AppError ? error.field : undefined;
  return (
    <ConfirmDialog
      opened
      title={`First and last day of ${employee.displayName}`}
      confirmLabel="Save days"
      pending={setDates.isPending}
      error={field === 'endsOn' ? null : error}
      onConfirm={() =>
        setDates.mutate(
          { id: employee.id, startsOn: startsOn || null, endsOn: endsOn || null },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <Text size="sm">
        No IdP sends them, so no push changes them. Nothing happens by itself on either day.
      </Text>
      <Group grow align="start">
        <TextInput
          type="date"
          label="First day"
          value={startsOn}
          onChange={(event) => setStartsOn(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label="Last day"
          value={endsOn}
          onChange={(event) => setEndsOn(event.currentTarget.value)}
          error={field === 'endsOn' && error instanceof AppError ? error.message : undefined}
        />
      </Group>
    </ConfirmDialog>
  );
}
