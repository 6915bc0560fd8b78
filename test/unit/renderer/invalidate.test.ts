import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { coalesceChanges, staleRoots } from '../../../src/renderer/src/api/invalidate.ts';
import type { ChangedEntity } from '../../../src/shared/contract/index.ts';
import { changedEntity } from '../../../src/shared/contract/index.ts';

describe('staleRoots', () => {
  it('refreshes the overview on every kind of change that it shows something of', () => {
    const notShown: ChangedEntity[] = ['schemas', 'employees', 'operators', 'grants', 'jobs', 'mail'];
    for (const entity of changedEntity.options.filter((each) => !notShown.includes(each))) {
      expect(staleRoots([entity]), entity).toContain('overview');
    }
  });

  it('names each root once', () => {
    const roots = staleRoots(['tokens', 'policy', 'members', 'teams']);
    expect(roots).toHaveLength(new Set(roots).size);
    expect(roots).toEqual(expect.arrayContaining(['tokens', 'policy', 'members', 'teams', 'setup']));
  });

  it('never fetches the request log again, whose rows do not change', () => {
    expect(staleRoots(['activity'])).not.toContain('activity');
  });

  it('moves the rules and their counts along with policy, tokens and traffic', () => {
    for (const entity of ['policy', 'tokens', 'activity'] as const) {
      expect(staleRoots([entity]), entity).toContain('profiles');
    }
  });

  it('moves the service provider values along with the listener', () => {
    expect(staleRoots(['listener'])).toContain('sso');
  });
});

describe('coalesceChanges', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('hands a burst over in one go after the delay', async () => {
    const flushed: ChangedEntity[][] = [];
    const changed = coalesceChanges(async (entities) => void flushed.push([...entities]));

    changed(['members']);
    changed(['teams', 'members']);
    await vi.advanceTimersByTimeAsync(99);
    expect(flushed).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(flushed).toEqual([['members', 'teams']]);
  });

  it('waits for a slow hand-over instead of cancelling it, and then hands over what came meanwhile', async () => {
    const flushed: ChangedEntity[][] = [];
    let finish = () => {};
    const changed = coalesceChanges((entities) => {
      flushed.push([...entities]);
      return new Promise((resolve) => {
        finish = resolve;
      });
    });

    changed(['members']);
    await vi.advanceTimersByTimeAsync(100);
    changed(['members']);
    changed(['tokens']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(flushed).toHaveLength(1);

    finish();
    await vi.advanceTimersByTimeAsync(100);
    expect(flushed).toEqual([['members'], ['members', 'tokens']]);
  });

  it('goes on after a hand-over that failed', async () => {
    const flush = vi.fn().mockRejectedValueOnce(new Error('no')).mockResolvedValue(undefined);
    const changed = coalesceChanges(flush);
    changed(['sso']);
    await vi.advanceTimersByTimeAsync(100);
    changed(['sso']);
    await vi.advanceTimersByTimeAsync(100);
    expect(flush).toHaveBeenCalledTimes(2);
  });

  it('does nothing for an empty change', async () => {
    const flush = vi.fn().mockResolvedValue(undefined);
    coalesceChanges(flush)([]);
    await vi.advanceTimersByTimeAsync(500);
    expect(flush).not.toHaveBeenCalled();
  });
});
