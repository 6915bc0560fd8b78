import { isDeepStrictEqual } from 'node:util';
import type { Answer, Body } from './endpoint.ts';
import { byValue } from './types.ts';

/** What the model says that the answer must be. */
export interface Expected {
  status: number;
  scimType?: string | undefined;
  body?: unknown;
  etag?: string;
}

/** Holds the answers of one sequence against what was expected. */
export class Comparison {
  /** What was last seen of each version, so that a change that is none moves no time either. */
  readonly #seen = new Map<string, string>();

  /** @throws when they differ */
  compare(answer: Answer, expected: Expected): void {
    const { status, scimType, body } = expected;
    const got = answer.status >= 400 ? answer.body?.scimType : undefined;
    if (answer.status !== status || got !== scimType)
      throw new Error(
        `Expected ${status} ${scimType ?? ''}, but it answered ${answer.status} ${JSON.stringify(answer.body)}`,
      );
    if (status >= 400) return;
    const shown = answer.body && this.#withoutTimes(answer.body);
    if (!isDeepStrictEqual(shown, body))
      throw new Error(`Expected ${JSON.stringify(body)}, but it answered ${JSON.stringify(shown)}`);
    const version = (answer.body?.meta as Body | undefined)?.version;
    if (version !== undefined && version !== answer.etag)
      throw new Error(`The ETag is ${answer.etag}, meta.version ${version}`);
  }

  /** The times are the server's own; but the same version has the same ones. */
  #withoutTimes(resource: Body): Body {
    const { meta, Resources } = resource as { meta?: Body; Resources?: Body[] };
    if (Resources) return { ...resource, Resources: Resources.map((each) => this.#withoutTimes(each)) };
    const { created, lastModified, ...rest } = meta ?? {};
    const version = `${resource.id} ${rest.version}`;
    const seen = this.#seen.get(version) ?? `${created} ${lastModified}`;
    if (seen !== `${created} ${lastModified}`)
      throw new Error(`${version} was of ${seen}, now of ${created} ${lastModified}`);
    this.#seen.set(version, seen);
    const sorted: Body = { ...resource, meta: rest };
    for (const name of ['members', 'groups'])
      if (Array.isArray(resource[name])) sorted[name] = byValue(resource[name] as { value: string }[]);
    return sorted;
  }
}
