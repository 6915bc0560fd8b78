import { Command, Option } from 'commander';
import type { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { type EmployeeDetail, type EmployeeRecord, employeeCalls } from '../../shared/contract/employees.ts';
import { type EmployeeStatus, employeeStatus } from '../../shared/contract/people.ts';
import type { Services } from '../api.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';
import { PAGE, whole } from './whole-list.ts';

const NONE = 'none';

/** `employees list · show · tree · leave · return · end · reopen · set`: employment records; they outlive the member. */
export function employeesCommand(): Command {
  const command = new Command('employees').description('employment records');
  command
    .command('list')
    .addOption(new Option('--status <status>', 'only these').choices(employeeStatus.options))
    .option('--department <name>', 'only of this department')
    .option('--search <text>', 'part of a name, number, title, department, division or cost centre')
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const { limit, status, department, search } = options as {
          limit?: number;
          status?: EmployeeStatus;
          department?: string;
          search?: string;
        };
        const records = whole(
          (offset) => services.employees.list({ status, department, search }, { offset, limit: PAGE }).items,
          limit,
        );
        print(options, records, () => asTable(records));
      }, 'view'),
    );
  command
    .command('show <id>')
    .description('one record, the line of managers above it, and what became of it')
    .action(
      action<[string]>(({ services }, options, id) => {
        const detail = services.employees.get(id);
        print(options, detail, () => inWords(detail));
      }, 'view'),
    );
  command
    .command('tree [id]')
    .description('who reports to somebody; without an id, those at the top')
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action<[string | undefined]>(({ services }, options, id) => {
        const records = whole(
          (offset) => services.employees.tree(id, { offset, limit: PAGE }).items,
          options.limit as number | undefined,
        );
        print(options, records, () => asTable(records));
      }, 'view'),
    );
  addChange(command, 'leave <id>', 'note that somebody is on leave', ({ employees }, id) =>
    employees.setStatus(id, 'on-leave'),
  );
  addChange(command, 'return <id>', 'note that somebody is back from leave', ({ employees }, id) =>
    employees.setStatus(id, 'active'),
  );
  addChange(command, 'reopen <id>', 'let a record that ended go on', ({ employees }, id) =>
    employees.reopen(id),
  );
  addChange(
    command,
    'end <id>',
    'end a record; access is another matter: members suspend',
    ({ employees }, id, { reason }) => {
      const input = read(employeeCalls['employees.end'].input, { id, reason });
      return employees.end(input.id, input.reason);
    },
  ).requiredOption('--reason <text>', 'why, for the record');
  addChange(
    command,
    'set <id>',
    'first and last day of the employment',
    ({ employees }, id, { starts, ends }) => {
      if (starts === undefined && ends === undefined) {
        throw new AppError('invalid-input', 'Name --starts or --ends.');
      }
      const { id: _, ...dates } = read(employeeCalls['employees.setDates'].input, {
        id,
        startsOn: starts === NONE ? null : starts,
        endsOn: ends === NONE ? null : ends,
      });
      return employees.setDates(id, dates);
    },
  )
    .option('--starts <day>', `YYYY-MM-DD, or ${NONE}`)
    .option('--ends <day>', `YYYY-MM-DD, or ${NONE}; nothing happens by itself on it`);
  return command;
}

/** Adds a command that changes one record and prints what became of it. */
function addChange(
  command: Command,
  spelling: string,
  description: string,
  change: (
    services: Services,
    id: string,
    options: { [name: string]: string | undefined },
  ) => Promise<EmployeeRecord>,
): Command {
  return command
    .command(spelling)
    .description(description)
    .action(
      action<[string]>(async ({ services }, options, id) => {
        const record = await change(services, id, options as { [name: string]: string | undefined });
        print(options, record, () => asTable([record]));
      }),
    );
}

/** @throws {AppError} `invalid-input` with what the contract says */
function read<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AppError('invalid-input', result.error.issues.map(({ message }) => message).join(' '));
}

function asTable(records: readonly EmployeeRecord[]): string {
  return table(records, {
    name: ({ displayName }) => displayName,
    number: ({ employeeNumber }) => employeeNumber,
    department: ({ department }) => department,
    status: ({ status }) => status,
    manager: managerOf,
    reports: ({ reports }) => reports,
    id: ({ id }) => id,
  });
}

function managerOf({ manager, managerState, managerId }: EmployeeRecord): string | null {
  if (managerState === 'unknown') return `unknown (${managerId})`;
  return managerState === 'cycle' ? `${manager?.displayName} (in a circle)` : (manager?.displayName ?? null);
}

function inWords({ employee, chain, above, history }: EmployeeDetail): string {
  const { displayName, status, title, department, startsOn, endsOn, endedAt, endedBy, endReason } = employee;
  const line = [
    ...(above === 'unknown' ? ['(somebody unknown)'] : above === 'cycle' ? ['(in a circle)'] : []),
    ...chain.map((one) => one.displayName),
  ];
  return [
    `${displayName}: ${status}`,
    [title, department].filter(Boolean).join(', '),
    startsOn && `First day: ${startsOn}`,
    endsOn && `Last day: ${endsOn}`,
    endedAt && `Ended ${endedAt} by ${endedBy}: ${endReason}`,
    line.length > 0 && `Reports to: ${line.join(' → ')}`,
    employee.reports > 0 && `Reports: ${employee.reports}`,
    ...history.map(({ time, actor, what }) => `${time}  ${actor}  ${what}`),
  ]
    .filter(Boolean)
    .join('\n');
}
