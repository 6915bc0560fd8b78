import { badRequest, conflict, ScimError } from '../error.ts';
import { formatVersion } from '../etag.ts';
import type { JsonObject } from '../json.ts';
import { locationOf } from '../resource.ts';
import { type PlannedOperation, planOperations } from './order.ts';
import { substitute, withoutReferences } from './references.ts';
import type { BulkAction, BulkOperation, BulkRequest } from './request.ts';

const BULK_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

/** What carrying out one action came to. `id` is required after a POST. */
export type BulkOutcome =
  | { readonly status: number; readonly id?: string; readonly version?: number | string }
  | ScimError;

type Steps<Result> = Generator<BulkAction, Result, BulkOutcome>;

/**
 * Carries a bulk request out (RFC 7644 §3.7), one action at a time: the caller does each yielded action, whose references
 * have been replaced, and hands its outcome back. Returns the BulkResponse message.
 *
 * A resource in a circle of references is created without them, and replaced as a whole when all ids are known; when that
 * cannot be, it is deleted again and its operation is answered with 409.
 *
 *     const steps = bulkSteps(request, base);
 *     let step = steps.next();
 *     while (!step.done) step = steps.next(carryOut(step.value));
 *     return step.value;
 */
export function* bulkSteps(request: BulkRequest, base: string): Steps<JsonObject> {
  const progress = new Progress(request.operations);
  const errorLimit = request.failOnErrors ?? Number.POSITIVE_INFINITY;

  for (const planned of planOperations(request.operations)) {
    const action = readyAction(planned, progress);
    const outcome = action instanceof ScimError ? action : yield action;
    progress.settle(planned, outcome);
    for (const incomplete of progress.takeIncomplete({ all: false })) {
      progress.settle(incomplete, yield* complete(incomplete, progress));
    }
    if (progress.errors >= errorLimit) break;
  }
  for (const incomplete of progress.takeIncomplete({ all: true })) {
    progress.settle(incomplete, yield* complete(incomplete, progress));
  }
  return progress.response(base);
}

/** What has been done so far, and which ids that has given. */
class Progress {
  readonly ids: Map<string, string>;
  readonly #outcomes = new Map<
    number,
    { readonly operation: BulkOperation; readonly outcome: BulkOutcome }
  >();
  readonly #failed = new Set<string>();
  #incomplete: PlannedOperation[] = [];
  #errors = 0;

  constructor(operations: readonly BulkOperation[]) {
    this.ids = knownIds(operations);
  }

  get errors(): number {
    return this.#errors;
  }

  hasFailed(bulkId: string): boolean {
    return this.#failed.has(bulkId);
  }

  settle(planned: PlannedOperation, outcome: BulkOutcome): void {
    const { index, operation, deferred } = planned;
    const isFirst = !this.#outcomes.has(index);
    this.#outcomes.set(index, { operation, outcome });
    const { bulkId } = operation;
    if (outcome instanceof ScimError) {
      this.#errors++;
      if (bulkId !== undefined) {
        this.#failed.add(bulkId);
        this.ids.delete(bulkId);
      }
      return;
    }
    if (bulkId !== undefined && outcome.id !== undefined) this.ids.set(bulkId, outcome.id);
    if (isFirst && deferred.size > 0) this.#incomplete.push(planned);
  }

  /** The resources of circles whose other ends are decided by now, or all that are still waiting. */
  takeIncomplete({ all }: { readonly all: boolean }): PlannedOperation[] {
    const isDecided = ({ deferred }: PlannedOperation): boolean =>
      all || [...deferred].every((bulkId) => this.ids.has(bulkId) || this.#failed.has(bulkId));
    const taken = this.#incomplete.filter(isDecided);
    this.#incomplete = this.#incomplete.filter((planned) => !isDecided(planned));
    return taken;
  }

  /** One result per operation that was carried out, in the order of the request. */
  response(base: string): JsonObject {
    const inOrder = [...this.#outcomes].sort(([a], [b]) => a - b).map(([, settled]) => settled);
    return {
      schemas: [BULK_RESPONSE_SCHEMA],
      Operations: inOrder.map(({ operation, outcome }) => present(operation, outcome, base)),
    };
  }
}

/** PUT, PATCH and DELETE know their id beforehand, so references to them never wait. */
function knownIds(operations: readonly BulkOperation[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { bulkId, action } of operations) {
    if (bulkId === undefined || action instanceof ScimError || action.id === undefined) continue;
    if (!action.id.startsWith('bulkId:')) ids.set(bulkId, action.id);
  }
  return ids;
}

function readyAction(
  { operation, references, deferred }: PlannedOperation,
  progress: Progress,
): BulkAction | ScimError {
  const { action } = operation;
  if (action instanceof ScimError) return action;
  for (const bulkId of references) {
    if (deferred.has(bulkId) || progress.ids.has(bulkId)) continue;
    return progress.hasFailed(bulkId)
      ? conflict(`The operation with the bulkId ${bulkId}, which this one refers to, failed.`)
      : badRequest('invalidValue', `No operation has the bulkId ${bulkId}.`);
  }
  const data = action.data === undefined ? undefined : withoutReferences(action.data, deferred);
  return substitute({ ...action, data }, progress.ids);
}

/** Gives a resource of a circle the references it was created without. */
function* complete(
  { operation: { bulkId, action }, deferred }: PlannedOperation,
  progress: Progress,
): Steps<BulkOutcome> {
  const id = progress.ids.get(bulkId ?? '');
  if (action instanceof ScimError || id === undefined)
    return conflict('The operation could not be completed.');
  const isResolved = [...deferred].every((reference) => progress.ids.has(reference));
  const outcome: BulkOutcome = isResolved
    ? yield { ...substitute(action, progress.ids), method: 'PUT', id, version: undefined }
    : conflict(`This operation and the one with the bulkId ${[...deferred].join(', ')} refer to each other.`);
  if (!(outcome instanceof ScimError)) return { ...outcome, status: 201, id };
  yield { ...action, method: 'DELETE', id, data: undefined, version: undefined };
  return outcome;
}

function present({ method, bulkId, action }: BulkOperation, outcome: BulkOutcome, base: string): JsonObject {
  const named = { method, ...(bulkId === undefined ? {} : { bulkId }) };
  const known = action instanceof ScimError ? undefined : action;
  if (outcome instanceof ScimError) {
    const location: JsonObject =
      known?.id === undefined ? {} : { location: locationOf(base, known.type, known.id) };
    return {
      ...location,
      ...named,
      status: String(outcome.status),
      response: outcome.toBody() as JsonObject,
    };
  }
  const id = outcome.id ?? known?.id;
  return {
    ...(known === undefined || id === undefined ? {} : { location: locationOf(base, known.type, id) }),
    ...named,
    ...(outcome.version === undefined ? {} : { version: formatVersion(outcome.version) }),
    status: String(outcome.status),
  };
}
