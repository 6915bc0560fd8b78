/** The order in which a bulk request is carried out: that of the request, except that references come first. */
import { ScimError } from '../error.ts';
import { referencesOf } from './references.ts';
import type { BulkOperation } from './request.ts';

export type PlannedOperation = {
  /** Position in the request. */
  readonly index: number;
  readonly operation: BulkOperation;
  readonly references: ReadonlySet<string>;
  /** References in a circle, to resources that can only be created later (RFC 7644 §3.7.1). */
  readonly deferred: ReadonlySet<string>;
};

type Visit = { readonly index: number; readonly references: ReadonlySet<string>; readonly waiting: number[] };

/** Plans the operations: each after those it refers to, also when those stand further down. */
export function planOperations(operations: readonly BulkOperation[]): PlannedOperation[] {
  const creators = new Map<string, number>();
  operations.forEach(({ bulkId, action }, index) => {
    if (bulkId !== undefined && isCreation(action)) creators.set(bulkId, index);
  });

  const planned: PlannedOperation[] = [];
  const started = new Set<number>();
  const done = new Set<number>();
  const visit = (index: number): Visit => {
    started.add(index);
    const action = operations[index]?.action;
    const references =
      action === undefined || action instanceof ScimError ? new Set<string>() : referencesOf(action);
    const waiting = [...references]
      .map((bulkId) => creators.get(bulkId))
      .filter((target) => target !== undefined);
    return { index, references, waiting };
  };

  // A stack of our own: a chain of references can be as long as the request.
  for (const start of operations.keys()) {
    const stack = started.has(start) ? [] : [visit(start)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.waiting.pop();
      if (next !== undefined) {
        if (!started.has(next)) stack.push(visit(next));
        continue;
      }
      stack.pop();
      const operation = operations[top.index];
      const deferred = [...top.references].filter((bulkId) => {
        const target = creators.get(bulkId);
        return target !== undefined && !done.has(target);
      });
      done.add(top.index);
      if (operation !== undefined) {
        planned.push({
          index: top.index,
          operation,
          references: top.references,
          deferred: new Set(deferred),
        });
      }
    }
  }
  return planned;
}

function isCreation(action: BulkOperation['action']): boolean {
  return !(action instanceof ScimError) && action.method === 'POST';
}
