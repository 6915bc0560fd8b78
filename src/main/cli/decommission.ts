import { Command, Option } from 'commander';
import { print } from './print.ts';
import { action } from './session.ts';

/** `decommission`: deletes the SCIM configuration; every token dies (D3). */
export function decommissionCommand(): Command {
  return new Command('decommission')
    .description('delete the SCIM configuration: every token dies at once')
    .addOption(
      new Option('--people <fate>', 'what becomes of the members that the IdP brought')
        .choices(['keep', 'manual', 'suspend'])
        .makeOptionMandatory(),
    )
    .action(
      action(async ({ services }, options) => {
        const done = await services.deleteConfiguration(options.people as 'keep' | 'manual' | 'suspend');
        print(
          options,
          done,
          () =>
            `${done.tokensRevoked} tokens revoked, ${done.membersChanged} members changed. The endpoint answers 401 from now on.`,
        );
      }),
    );
}
