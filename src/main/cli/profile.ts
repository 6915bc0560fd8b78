import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import {
  type Profile,
  type ProfileName,
  profileName,
  type Rule,
  type RuleName,
  ruleName,
} from '../../shared/contract/profiles.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

/** `profile list · show [NAME] · on RULE · off RULE · reset RULE`: IdP profiles and the rules they are made of (D10). */
export function profileCommand(): Command {
  const command = new Command('profile').description(
    'how the endpoint understands your IdP: profiles and their rules',
  );
  command
    .command('list')
    .description('every profile, with what it has on and off')
    .action(
      action(({ services }, options) => {
        const profiles = services.profiles.all();
        print(options, profiles, () =>
          table(profiles, {
            profile: ({ name }) => name,
            'in use': (profile) => users(profile),
            'rules on': ({ rules }) => rules.filter(({ on }) => on).length,
            'rules off': ({ rules }) => rules.filter(({ on }) => !on).length,
            switched: ({ rules }) => rules.filter(isSwitched).length,
          }),
        );
      }, 'view'),
    );
  command
    .command('show [name]')
    .description('the rules of a profile with their state, source and counts; without a name the one in use')
    .action(
      action<[string | undefined]>(({ services }, options, name) => {
        const profile = services.profiles.get(name === undefined ? undefined : readProfileName(name));
        print(options, profile, () => inWords(profile));
      }, 'view'),
    );
  for (const [name, on, description] of [
    ['on', true, 'switch a rule on, whatever the profile says'],
    ['off', false, 'switch a rule off, whatever the profile says'],
    ['reset', null, 'let the profile decide about a rule again'],
  ] as const) {
    command
      .command(`${name} <rule>`)
      .description(description)
      .action(
        action<[string]>(async ({ services }, options, rule) => {
          const wanted = readRuleName(rule);
          const { rules } = await services.profiles.switchRule(wanted, on);
          const switched = rules.find((each) => each.name === wanted);
          print(options, switched, () => (switched === undefined ? '' : said(switched)));
        }),
      );
  }
  return command;
}

/** A profile's name as typed. @throws {AppError} `invalid-input` */
export function readProfileName(text: string): ProfileName {
  const name = profileName.safeParse(text);
  if (name.success) return name.data;
  throw new AppError(
    'invalid-input',
    `There is no profile ${text}. Profiles: ${profileName.options.join(', ')}.`,
  );
}

/** A rule's name as typed. @throws {AppError} `invalid-input` */
export function readRuleName(text: string): RuleName {
  const name = ruleName.safeParse(text);
  if (name.success) return name.data;
  throw new AppError('invalid-input', `There is no rule ${text}. Rules: ${ruleName.options.join(', ')}.`);
}

function isSwitched({ on, onByProfile }: Rule): boolean {
  return on !== onByProfile;
}

function users({ inUse, tokens }: Profile): string {
  const those = tokens.length === 0 ? [] : [`${tokens.length} token${tokens.length === 1 ? '' : 's'}`];
  return [...(inUse ? ['organization'] : []), ...those].join(', ') || 'no';
}

function state(rule: Rule): string {
  if (rule.fixed !== null) return 'always on';
  return `${rule.on ? 'on' : 'off'}${isSwitched(rule) ? ', switched' : ''}`;
}

function said(rule: Rule): string {
  const source = isSwitched(rule) ? '' : ', as the profile has it';
  return `${rule.name} is ${rule.on ? 'on' : 'off'}${source}. ${rule.on ? rule.description : rule.whenOff}`;
}

function inWords(profile: Profile): string {
  const rows = table(profile.rules, {
    rule: ({ name }) => name,
    state,
    fired: ({ fired }) => fired,
    'last fired': ({ lastFiredAt }) => lastFiredAt ?? 'never',
    'what it does': ({ description }) => description,
    source: ({ source }) => source,
  });
  return `Profile ${profile.name} (in use: ${users(profile)})\n\n${rows}`;
}
