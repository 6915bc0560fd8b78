import { Command } from 'commander';
import { VERSION } from '../version.ts';
import { activityCommand } from './activity.ts';
import { conflictsCommand } from './conflicts.ts';
import { decommissionCommand } from './decommission.ts';
import { employeesCommand } from './employees.ts';
import { grantsCommand } from './grants.ts';
import { guardCommand } from './guard.ts';
import { initCommand } from './init.ts';
import { jobsCommand } from './jobs.ts';
import { mailCommand } from './mail.ts';
import { mappingCommand } from './mapping.ts';
import { mappingsCommand } from './mappings.ts';
import { operatorsCommand } from './operators.ts';
import { membersCommand } from './people.ts';
import { planCommand } from './plan.ts';
import { policyCommand } from './policy.ts';
import { profileCommand } from './profile.ts';
import { reviewCommand } from './review.ts';
import { rolesCommand } from './roles.ts';
import { schemasCommand } from './schemas.ts';
import { serveCommand } from './serve.ts';
import { ssoCommand } from './sso.ts';
import { statusCommand } from './status.ts';
import { teamsCommand } from './teams.ts';
import { tokenCommand } from './token.ts';

/**
 * The command line of `commands.md`. Spellings are relied on by scripts: add, but don't rename.
 * @param files beside the entry: only that knows whether this is source or build.
 */
export function createProgram(files: { activityThread: string }): Command {
  const program = new Command('rollcall')
    .description('Enterprise identity setup and a SCIM 2.0 endpoint, for one self-hosted organization.')
    .version(VERSION)
    .option('--data <dir>', 'data directory (default: the same one the console uses)')
    .option('--json', 'print JSON on stdout and nothing else there')
    .option('--key-file <file>', 'file with the 32-byte master key in base64, where there is no OS keychain')
    .exitOverride();
  const commands = [
    initCommand(),
    serveCommand(files.activityThread),
    tokenCommand(),
    ssoCommand(),
    operatorsCommand(),
    policyCommand(),
    mappingCommand(),
    profileCommand(),
    schemasCommand(),
    membersCommand(),
    employeesCommand(),
    teamsCommand(),
    rolesCommand(),
    grantsCommand(),
    mappingsCommand(),
    planCommand(),
    guardCommand(),
    reviewCommand(),
    conflictsCommand(),
    activityCommand(),
    jobsCommand(),
    mailCommand(),
    statusCommand(),
    decommissionCommand(),
  ];
  for (const command of commands) program.addCommand(inherit(command));
  return program;
}

/** commander passes `exitOverride` on only to commands that it creates itself. */
function inherit(command: Command): Command {
  command.exitOverride();
  for (const child of command.commands) inherit(child);
  return command;
}
