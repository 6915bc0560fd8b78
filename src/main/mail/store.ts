import type { Mail, MailState } from '../../shared/contract/mail.ts';

/** What a mail to a member is made of. */
export interface Addressee {
  firstName: string | null;
  displayName: string;
  isActive: boolean;
}

/** Mail by id; implemented by the store. What changes a row is called inside a write transaction. */
export interface MailStore {
  /** Queues a welcome mail unless the member has one already; a recipient of null is queued as well, to be told of. */
  insertWelcome(mail: { id: string; memberId: string; recipient: string | null; time: string }): void;
  /** Records a test mail, which is sent without a queue. */
  insertTest(mail: { id: string; recipient: string; time: string; error: string | null }): void;
  get(id: string): Mail | undefined;
  ofMember(memberId: string): Mail | undefined;
  /** Newest first; `before` is the `seq` of the last one of the page before. */
  list(query: { state?: MailState | undefined; before?: number | undefined; limit: number }): Mail[];
  counts(): Record<MailState, number>;
  /** When the next queued one is due. */
  nextAt(): string | null;
  /** The queued ones whose time has come, the longest waiting first. */
  due(time: string, limit: number): Mail[];
  dueCount(time: string): number;
  addressee(memberId: string): Addressee | undefined;
  markSent(id: string, time: string): void;
  /** Counts an attempt and says when the next one is. */
  defer(id: string, error: string, nextAt: string): void;
  /** @param attempts how many there were in all */
  markFailed(id: string, error: string, attempts: number, time: string): void;
  /** Back into the queue, with all attempts. */
  requeue(id: string, time: string): void;
  requeueFailed(time: string): number;
  forgetMember(memberId: string): void;
  forgetTestsBefore(time: string): void;
}
