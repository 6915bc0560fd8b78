import { Command, Option } from 'commander';
import { AppError } from '../../shared/app-error.ts';
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
        const people = options.people as 'keep' | 'manual' | 'suspend';
        const { tokensRevoked, job } = await services.deleteConfiguration(people);
        const done = job && (await services.jobs.wait(job.id));
        if (done && done.state !== 'done')
          throw new AppError('conflict', done.message ?? `The job ${done.state}.`);
        const membersChanged = done?.done ?? 0;
        print(
          options,
          { tokensRevoked, membersChanged },
          () =>
            `${tokensRevoked} tokens revoked, ${membersChanged} members changed. The endpoint answers 401 from now on.`,
        );
      }),
    );
}
