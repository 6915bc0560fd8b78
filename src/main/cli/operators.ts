import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import { type Operator, operatorCalls } from '../../shared/contract/operators.ts';
import type { Services } from '../api.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

/** `operators list · add · set · remove · reclaim`. */
export function operatorsCommand(): Command {
  const command = new Command('operators').description('who may work with this console and command line');
  command
    .command('list')
    .description('owners, then admins, then viewers')
    .action(
      action(({ services }, options) => {
        const { operators } = services;
        const items = operators.list();
        const me = operators.me();
        print(options, items, () =>
          [
            items.length === 0
              ? 'Nobody is recorded yet.'
              : table(items, {
                  id: ({ id }) => id,
                  name: ({ name }) => name,
                  'signs in as': ({ subject }) => subject,
                  'e-mail': ({ email }) => email,
                  permission: ({ permission }) => permission,
                  recovery: ({ recovery }) => (recovery ? 'yes' : 'no'),
                  added: ({ createdAt, createdBy }) => `${createdAt} by ${createdBy}`,
                }),
            `You are ${me.subject}, ${me.permission}.`,
          ].join('\n'),
        );
      }, 'view'),
    );
  command
    .command('add <email>')
    .description('add an operator, who signs in through SSO')
    .requiredOption('--name <name>', 'what the person is called')
    .requiredOption('--permission <permission>', 'owner, admin or viewer')
    .option('--recovery', 'can sign in without SSO; for owners')
    .action(
      action<[string]>(async ({ services }, options, email) => {
        const { name, permission, recovery = false } = options;
        const input = read('operators.add', { email, name, permission, recovery });
        const added = await services.operators.add(input);
        print(options, added, () => `Added ${inWords(added)}`);
      }, 'own'),
    );
  command
    .command('set <operator>')
    .description('change an operator, named by id, e-mail address or what it signs in as')
    .option('--name <name>', 'what the person is called')
    .option('--permission <permission>', 'owner, admin or viewer')
    .option('--recovery', 'can sign in without SSO')
    .option('--no-recovery', 'can not')
    .action(
      action<[string]>(async ({ services }, options, named) => {
        const { name, permission, recovery } = options;
        if (name === undefined && permission === undefined && recovery === undefined)
          throw new AppError('invalid-input', 'Say what to change: --name, --permission or --recovery.');
        const { id } = find(services, named);
        const changed = await services.operators.set(
          read('operators.set', { id, name, permission, recovery }),
        );
        print(options, changed, () => `Now: ${inWords(changed)}`);
      }, 'own'),
    );
  command
    .command('remove <operator>')
    .description('remove an operator, named as with `set`')
    .action(
      action<[string]>(async ({ services }, options, named) => {
        const removed = await services.operators.remove(find(services, named).id);
        print(options, removed, () => `Removed ${inWords(removed)}`);
      }, 'own'),
    );
  command
    .command('reclaim')
    .description('make the OS user who runs this an owner again: whoever has the data directory may')
    .action(
      action(async ({ services }, options) => {
        const operator = await services.operators.reclaim();
        print(options, operator, () => `Now: ${inWords(operator)}`);
        // Takes no permission but the data directory itself (D15).
      }, 'view'),
    );
  return command;
}

/** Checks what was typed by the contract's own rules, so that both say the same about it. */
function read<N extends 'operators.add' | 'operators.set'>(name: N, input: Record<string, unknown>) {
  type Input = ReturnType<(typeof operatorCalls)[N]['input']['parse']>;
  const parsed = operatorCalls[name].input.safeParse(input);
  if (parsed.success) return parsed.data as Input;
  const issue = parsed.error.issues[0];
  throw new AppError('invalid-input', `${issue?.path.join('.')}: ${issue?.message}`);
}

/** @throws {AppError} `not-found` */
function find({ operators }: Services, named: string): Operator {
  const key = named.toLowerCase();
  const items = operators.list();
  const found =
    items.find(({ id, subject }) => id === named || subject.toLowerCase() === key) ??
    items.find(({ subject }) => subject === `sso:${key}`) ??
    items.find(({ email }) => email?.toLowerCase() === key);
  if (found) return found;
  throw new AppError('not-found', `There is no operator ${named}. \`rollcall operators list\` names them.`);
}

function inWords({ name, subject, permission, recovery }: Operator): string {
  const without = recovery ? ', can sign in without SSO' : '';
  return `${name} (${subject}), ${permission}${without}.`;
}
