import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import {
  type AttributeMapping,
  MAPPING_TARGETS,
  type MappingView,
  mappingTarget,
} from '../../shared/contract/mapping.ts';
import type { Services } from '../api.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

/** `mapping show · check · set TARGET=SOURCE… · reset TARGET…`: where members get their values from (M12). */
export function mappingCommand(): Command {
  const command = new Command('mapping').description(
    'where members, records and teams get their values from',
  );
  command
    .command('show')
    .description('each target with its sources')
    .action(
      action(({ services }, options) => {
        const view = services.mapping.view();
        print(options, view, () => asTable(view));
      }, 'view'),
    );
  command
    .command('check')
    .description('the classic mistakes, looked for in what the IdP has really sent')
    .action(
      action(({ services }, options) => {
        const { findings, lookedAt } = services.mapping.view();
        print(options, { findings, lookedAt }, () =>
          findings.length === 0
            ? `Nothing found in the last ${lookedAt} people.`
            : findings
                .map(
                  ({ severity, title, consequence, fix }) =>
                    `${severity}: ${title}\n  ${consequence}\n  ${fix}`,
                )
                .join('\n'),
        );
      }, 'view'),
    );
  command
    .command('set <target=source...>')
    .description('several sources of one target are separated by |; the first that has a value counts')
    .option('--preview', 'only say what would change, for whom')
    .action(
      action<[string[]]>(async ({ services }, options, assignments) => {
        const mapping = { ...services.mapping.edited(), ...readAssignments(assignments) };
        if (options.preview === true) {
          const preview = await services.mapping.preview(mapping);
          return print(
            options,
            preview,
            () =>
              `${preview.changed} of ${preview.people} people would change, ${preview.losing} would lose access.`,
          );
        }
        await change(services, options, mapping);
      }),
    );
  command
    .command('reset <target...>')
    .description('back to the standard mapping')
    .action(
      action<[string[]]>(async ({ services }, options, targets) => {
        const names = new Set<string>(targets.map(readTarget));
        const kept = Object.entries(services.mapping.edited()).filter(([target]) => !names.has(target));
        await change(services, options, Object.fromEntries(kept));
      }),
    );
  return command;
}

/** Stores a mapping and sees to it that the people who are here follow. */
async function change(
  services: Services,
  options: Record<string, unknown>,
  mapping: AttributeMapping,
): Promise<void> {
  const job = await services.changeMapping(mapping);
  const done = job && (await services.jobs.wait(job.id));
  print(options, services.mapping.view(), () =>
    done ? `Saved. ${done.message ?? ''}`.trim() : 'It was so already.',
  );
}

function readAssignments(assignments: readonly string[]): AttributeMapping {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const at = assignment.indexOf('=');
      if (at < 1) throw new AppError('invalid-input', `${assignment} is not of the form target=source.`);
      const sources = assignment
        .slice(at + 1)
        .split('|')
        .map((source) => source.trim());
      return [readTarget(assignment.slice(0, at)), sources.filter((source) => source !== '')];
    }),
  );
}

function readTarget(name: string): string {
  const target = mappingTarget.safeParse(name);
  if (target.success) return target.data;
  throw new AppError(
    'invalid-input',
    `There is no target ${name}. There are: ${MAPPING_TARGETS.join(', ')}.`,
  );
}

function asTable(view: MappingView): string {
  return table(MAPPING_TARGETS, {
    target: (target) => target,
    sources: (target) => view.effective[target].join(' | '),
    edited: (target) => (view.edited[target] ? 'yes' : ''),
  });
}
