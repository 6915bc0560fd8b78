import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '../../shared/app-error.ts';
import {
  type AttributeMapping,
  attributeMapping,
  MAPPING_TARGETS,
  type MappingPreview,
  type MappingTarget,
  type MappingView,
} from '../../shared/contract/mapping.ts';
import type { FactReader } from '../access/plan/plan.ts';
import type { Audit } from '../audit/audit.ts';
import type { Attributes } from '../scim/resource.ts';
import type { Registry } from '../scim/schema/registry.ts';
import { compileMapping, standardMapping } from './fact-reader.ts';
import { lintMapping, receivedAttributes, type Traffic } from './lint.ts';

/** Stored users and groups, to be looked at; implemented by the store. */
export interface DirectorySample {
  /** The last changed ones. */
  latest(limit: number): Attributes[];
  usersAfter(pk: number, limit: number): { pk: number; id: string; attributes: Attributes }[];
  groupsAfter(pk: number, limit: number): { pk: number; id: string }[];
  users(): number;
  /** The member that a user became. */
  memberOf(userId: string): string | null;
}

/** Where the mapping is kept. */
interface Settings {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export interface MappingService {
  /** What differs from the standard mapping. */
  edited(): AttributeMapping;
  /** The mapping compiled; what can no longer be read (an extension took a source away) is as the standard says, and logged. */
  reader(): FactReader;
  /** Where each target is read from: what is edited, else the standard. */
  effective(): Record<MappingTarget, string[]>;
  /** The targets that can be read now, and no longer with these schemas. */
  brokenBy(registry: Registry): MappingTarget[];
  view(): MappingView;
  /**
   * What a mapping would change for those who are here, counted over everybody.
   * @throws {AppError} `invalid-input` with the target as field
   */
  preview(mapping: AttributeMapping): Promise<MappingPreview>;
  /**
   * Stores the mapping: the whole of it, what is left out is standard again. The people who are here follow by a job;
   * who is written from now on, at once.
   * @returns whether anything changed
   * @throws {AppError} `invalid-input` with the target as field
   */
  save(mapping: AttributeMapping): Promise<boolean>;
}

const KEY = 'mapping.attributes';
/** So many of the last changed people show what an IdP sends. */
const SAMPLE = 500;
const CHUNK = 500;
const EXAMPLES = 50;

/** The editable attribute mapping (M12): where members, employee records and teams get their values from. */
export function createMapping(deps: {
  settings: Settings;
  sample: DirectorySample;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  registry(): Registry;
  userNameIsEmail(): boolean;
  traffic(): Traffic;
  log(message: string): void;
}): MappingService {
  const { settings, sample } = deps;

  function edited(): AttributeMapping {
    const stored = attributeMapping.safeParse(settings.get(KEY) ?? {});
    return stored.success ? stored.data : {};
  }

  const compile = (mapping: AttributeMapping) =>
    compileMapping(mapping, deps.userNameIsEmail(), deps.registry());

  /** The same sources as the standard are no edit: the standard may say something else tomorrow. */
  function withoutStandard(mapping: AttributeMapping): AttributeMapping {
    const standard = standardMapping(deps.userNameIsEmail());
    const targets = MAPPING_TARGETS.filter(
      (target) => mapping[target] && mapping[target].join('\n') !== standard[target].join('\n'),
    );
    return Object.fromEntries(targets.map((target) => [target, mapping[target]]));
  }

  const copy = (of: Record<MappingTarget, readonly string[]>) =>
    Object.fromEntries(MAPPING_TARGETS.map((target) => [target, [...of[target]]])) as Record<
      MappingTarget,
      string[]
    >;
  const effective = () => copy({ ...standardMapping(deps.userNameIsEmail()), ...edited() });

  function isReadable(target: MappingTarget, sources: string[], registry: Registry): boolean {
    try {
      compileMapping({ [target]: sources }, deps.userNameIsEmail(), registry);
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return false;
    }
  }

  /** Each target compiled by itself, so that the error can name it. */
  function check(mapping: AttributeMapping): void {
    for (const target of MAPPING_TARGETS) {
      const sources = mapping[target];
      if (!sources) continue;
      try {
        compile({ [target]: sources });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        throw new AppError('invalid-input', `${target}: ${error.message}`, { field: target });
      }
    }
  }

  return {
    edited,
    effective,
    brokenBy(registry) {
      const mapping = edited();
      return MAPPING_TARGETS.filter((target) => {
        const sources = mapping[target];
        if (!sources || isReadable(target, sources, registry)) return false;
        return isReadable(target, sources, deps.registry());
      });
    },

    reader() {
      const stored = attributeMapping.safeParse(settings.get(KEY) ?? {});
      const wrong = stored.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      if (wrong) {
        deps.log(`The stored attribute mapping is passed over, the standard holds: ${wrong.join('; ')}`);
      }
      const mapping = stored.data ?? {};
      try {
        return compile(mapping);
      } catch {
        const usable = Object.fromEntries(
          Object.entries(mapping).filter(([target, sources]) => {
            try {
              compile({ [target]: sources });
              return true;
            } catch (error) {
              deps.log(`The attribute mapping of ${target} is passed over: ${String(error)}`);
              return false;
            }
          }),
        );
        return compile(usable);
      }
    },

    view() {
      const users = sample.latest(SAMPLE);
      const mapping = edited();
      const standard = standardMapping(deps.userNameIsEmail());
      return {
        edited: mapping,
        effective: effective(),
        standard: copy(standard),
        received: receivedAttributes(users),
        findings: lintMapping(users, mapping, deps.traffic()),
        lookedAt: users.length,
      };
    },

    async preview(mapping) {
      check(mapping);
      const [now, then] = [compile(edited()), compile(mapping)];
      const result: MappingPreview = { people: 0, changed: 0, losing: 0, examples: [] };
      let last = 0;
      for (let users = sample.usersAfter(last, CHUNK); users.length > 0; ) {
        for (const { pk, id, attributes } of users) {
          last = pk;
          result.people++;
          const changes = differences(now, then, attributes);
          if (changes.length === 0) continue;
          result.changed++;
          if (now.isActive(attributes) && !then.isActive(attributes)) result.losing++;
          if (result.examples.length >= EXAMPLES) continue;
          const userName = typeof attributes.userName === 'string' ? attributes.userName : '';
          result.examples.push({ memberId: sample.memberOf(id), userName, changes });
        }
        // Others are served between two pieces.
        await breathe();
        users = sample.usersAfter(last, CHUNK);
      }
      return result;
    },

    async save(mapping) {
      check(mapping);
      return deps.write(() => {
        const [before, after] = [edited(), withoutStandard(mapping)];
        const changed = MAPPING_TARGETS.filter(
          (target) => before[target]?.join('\n') !== after[target]?.join('\n'),
        );
        if (changed.length === 0) return false;
        settings.set(KEY, after);
        deps.audit.record('mapping.attributes-changed', null, { changed });
        return true;
      });
    },
  };
}

function differences(now: FactReader, then: FactReader, attributes: Attributes) {
  const [before, after] = [valuesOf(now, attributes), valuesOf(then, attributes)];
  return (Object.keys(before) as (keyof typeof before)[])
    .filter((target) => before[target] !== after[target])
    .map((target) => ({ target, before: before[target], after: after[target] }));
}

function valuesOf(reader: FactReader, attributes: Attributes) {
  const member = reader.member(attributes);
  const { managerId, displayName: _, ...employee } = reader.employee(attributes, member);
  return {
    email: member.email,
    firstName: member.firstName,
    lastName: member.lastName,
    displayName: member.displayName,
    isActive: String(reader.isActive(attributes)),
    ...employee,
    manager: managerId,
  };
}
