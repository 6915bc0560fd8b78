import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import { DEFAULT_POLICY, type Policy, type PolicyKey, policy } from '../../shared/contract/policy.ts';
import type { Services } from '../api.ts';
import { print } from './print.ts';
import { action, logToStderr } from './session.ts';
import { finished } from './wait.ts';

/** `policy get [KEY]` and `policy set KEY=VALUE …`. */
export function policyCommand(): Command {
  const command = new Command('policy').description('what provisioning does');
  command.command('get [key]').action(
    action<[string | undefined]>(({ services }, options, key) => {
      const current = services.policy.get();
      const shown = key === undefined ? current : { [known(key)]: current[known(key)] };
      print(options, shown, () =>
        Object.entries(shown)
          .map(([name, value]) => `${name}=${value}`)
          .join('\n'),
      );
    }, 'view'),
  );
  command
    .command('set <assignments...>')
    .description('e.g. userName.email=false activation=review rules.off=string-boolean,listed-removal')
    .action(
      action<[string[]]>(async ({ services }, options, assignments) => {
        const change = readAssignments(assignments);
        await applyObserved(services, change);
        const roles = new Set(services.roles.list().map(({ id }) => id));
        const changed = await services.policy.set(change);
        const role = changed['role.default'];
        if (change['role.default'] !== undefined && !roles.has(role)) {
          logToStderr(
            `There was no role ${role}: an empty template was made. It permits nothing until you give it permissions with "roles change ${role}".`,
          );
        }
        const shown = Object.fromEntries(Object.keys(change).map((key) => [key, changed[known(key)]]));
        print(options, shown, () =>
          Object.entries(shown)
            .map(([name, value]) => `${name}=${value}`)
            .join('\n'),
        );
      }),
    );
  return command;
}

/** Going live first applies what observe mode noted: nothing is left lying. */
async function applyObserved(
  { observe, jobs, overview }: Services,
  { apply }: Partial<Policy>,
): Promise<void> {
  const { users, groups } = observe.status();
  if (apply !== 'live' || users + groups === 0) return;
  logToStderr(`Applying first what was observed: ${users} people and ${groups} groups.`);
  const job = await finished(jobs, await observe.apply(true, overview.operator()));
  if (job.message !== null) logToStderr(job.message);
}

function readAssignments(assignments: readonly string[]): Partial<Policy> {
  const change: Record<string, unknown> = {};
  for (const assignment of assignments) {
    const [, name = '', text = ''] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (name === '') throw new AppError('invalid-input', `${assignment}: write KEY=VALUE.`);
    const key = known(name);
    const value = readValue(key, text);
    const checked = policy.shape[key].safeParse(value);
    if (!checked.success) throw new AppError('invalid-input', `${key}: ${checked.error.issues[0]?.message}`);
    change[key] = checked.data;
  }
  return change as Partial<Policy>;
}

function known(key: string): PolicyKey {
  if (Object.hasOwn(DEFAULT_POLICY, key)) return key as PolicyKey;
  throw new AppError(
    'invalid-input',
    `There is no policy key ${key}. Keys: ${Object.keys(DEFAULT_POLICY).join(', ')}.`,
  );
}

/** As text on the command line, typed as the key's default is; a list is separated by commas. */
function readValue(key: PolicyKey, text: string): unknown {
  switch (typeof DEFAULT_POLICY[key]) {
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new AppError('invalid-input', `${key} takes true or false.`);
    case 'number':
      if (/^\d{1,9}$/.test(text)) return Number(text);
      throw new AppError('invalid-input', `${key} takes a whole number.`);
    case 'object':
      return text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
    default:
      return text;
  }
}
