import type { ReviewItem } from '../../../../shared/contract/review.ts';

/** The name that somebody is called by here. */
export function nameOf({ displayName, userName }: Pick<ReviewItem, 'displayName' | 'userName'>): string {
  return displayName || userName;
}

/** What one item of the queue is, in a few words. */
export function titleOf(item: ReviewItem): string {
  return item.target ? `${item.target.name} for ${nameOf(item)}` : nameOf(item);
}
