import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import type { ExplainedGrant, MemberGrants } from '../../shared/contract/grants.ts';
import type { HeldGrant, TargetRef } from '../access/grants-store.ts';
import type { Services } from '../api.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';
import { PAGE } from './whole-list.ts';

/** `grants list · show · give · revoke · template`: who holds what, and why. */
export function grantsCommand(): Command {
  const command = new Command('grants').description('who holds which teams and roles, and why');
  command
    .command('list')
    .description('every team and role that somebody holds')
    .option('--member <member>', 'id or user name: only this person’s')
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const { member, limit } = options as { member?: string; limit?: number };
        const grants = member === undefined ? everyGrant(services, limit) : ofMember(services, member, limit);
        print(options, grants, () =>
          table(grants, {
            'user name': ({ userName }) => userName,
            kind: ({ target }) => target.kind,
            name: ({ target }) => target.name,
            by: ({ origins }) => origins.join(', '),
            counts: ({ effective }) => (effective ? 'yes' : 'no'),
          }),
        );
      }, 'view'),
    );
  command
    .command('show <grant-or-member>')
    .description('why: with every origin, and what to do about each')
    .action(
      action<[string]>(({ services }, options, text) => {
        const [memberId = '', kind, ...rest] = text.split('/');
        if (kind === 'team' || kind === 'role') {
          const { member, grants } = services.grants.ofMember(memberId);
          const grant = grants.find(({ id }) => id === `${member.id}/${kind}/${rest.join('/')}`);
          if (!grant) throw new AppError('not-found', `There is no grant ${text}.`);
          return print(options, { member, ...grant }, () => inWords(grant));
        }
        const shown = services.grants.ofMember(text);
        print(options, shown, () => allInWords(shown));
      }, 'view'),
    );
  command
    .command('give <members...>')
    .description('by hand, beside what the IdP gives')
    .option('--team <id>')
    .option('--role <id>')
    .option('--note <text>', 'why')
    .action(
      action<[string[]]>(async ({ services }, options, members) => {
        const { grants } = services;
        const memberIds = members.map((text) => grants.member(text).id);
        const done = await grants.give({
          memberIds,
          target: readTarget(options),
          note: (options.note as string) ?? null,
        });
        print(options, done, () => `Given to ${done.given}; ${done.had} had it by hand already.`);
      }),
    );
  command
    .command('revoke <member>')
    .description('take back what was given by hand')
    .option('--team <id>')
    .option('--role <id>')
    .action(
      action<[string]>(async ({ services }, options, text) => {
        const { grants } = services;
        const done = await grants.revoke(grants.member(text).id, readTarget(options));
        print(options, done, () => done.sentence);
      }),
    );
  command
    .command('template <role> <members...>')
    .description('another role template for these people')
    .action(
      action<[string, string[]]>(async ({ services }, options, role, members) => {
        const { grants } = services;
        const done = await grants.setTemplate(
          members.map((text) => grants.member(text).id),
          role,
        );
        print(options, done, () => `Changed for ${done.changed}.`);
      }),
    );
  return command;
}

function everyGrant({ grants }: Services, limit = Number.POSITIVE_INFINITY): HeldGrant[] {
  const all: HeldGrant[] = [];
  for (let after: number | null = 0; after !== null && all.length < limit; ) {
    const page = grants.everyGrant(after, PAGE);
    all.push(...page.grants);
    after = page.after;
  }
  return all.slice(0, Math.min(limit, all.length));
}

function ofMember({ grants, people }: Services, text: string, limit?: number): HeldGrant[] {
  const { member, grants: explained } = grants.ofMember(text);
  const userName = people.member(member.id)?.member.userName ?? '';
  return explained
    .filter(({ origins }) => origins.some(({ holds }) => holds))
    .slice(0, limit)
    .map(({ id, target, effective, origins }) => ({
      id,
      memberId: member.id,
      userName,
      target,
      origins: [...new Set(origins.filter(({ holds }) => holds).map(({ origin }) => origin))],
      effective,
    }));
}

function readTarget(options: Record<string, unknown>): TargetRef {
  const { team, role } = options as { team?: string; role?: string };
  if (team !== undefined && role === undefined) return { kind: 'team', id: team };
  if (role !== undefined && team === undefined) return { kind: 'role', id: role };
  throw new AppError('invalid-input', 'Say what: --team or --role, one of them.');
}

function inWords({ why, origins }: ExplainedGrant): string {
  const lines = origins.flatMap(({ sentence, whyNot, levers }) => [
    `  - ${sentence}${whyNot === null ? '' : ` ${whyNot}`}`,
    ...levers.map((lever) => `      ${lever.sentence}`),
  ]);
  return [why, ...lines].join('\n');
}

function allInWords({ member, grants, permissions }: MemberGrants): string {
  const holds = permissions.length === 0 ? 'may do nothing now' : `may: ${permissions.join(', ')}`;
  return [
    `${member.displayName} is ${member.state} and ${holds}.`,
    ...grants.map((grant) => `\n${inWords(grant)}`),
  ].join('\n');
}
