import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, toWireError } from '../../shared/app-error.ts';
import type { Mail, MailServer } from '../../shared/contract/mail.ts';
import type { Audit } from '../audit/audit.ts';
import type { JobKind, JobRun } from '../jobs/kind.ts';
import { readAddress } from './address.ts';
import { type MailFailure, mailFailure } from './failure.ts';
import type { MailConfiguration } from './settings.ts';
import type { MailConnection, MailPatience } from './smtp.ts';
import { connectMail } from './smtp.ts';
import type { MailStore } from './store.ts';
import { renderMail } from './template.ts';

/** How often a mail is tried before it counts as failed, and the pauses in between: 1, 4, 16, 64, 256 minutes. */
export const MAX_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 60_000;
const PAUSE_GROWTH = 4;
/** How long a mail that is on its way may take when this process ends; what is cut off then is sent again. */
const LAST_MOMENTS_MS = 3_000;
/** How many rows one transaction defers. */
const CHUNK = 200;
const NO_ADDRESS = 'This person has no e-mail address.';
const TESTS_KEPT_MS = 30 * 86_400_000;

/** What sending takes. */
export interface DeliveryDependencies {
  store: MailStore;
  configuration: MailConfiguration;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  /** The policy `mail.welcome`. */
  welcomes(): boolean;
  organizationName(): string;
  patience?: MailPatience | undefined;
}

/** How far a job came. */
interface Tally {
  sent: number;
  failed: number;
}

/** The stored server, and a connection to it. */
interface Way {
  server: MailServer;
  connection: MailConnection;
}

type Outcome = MailFailure | 'sent' | 'interrupted';

/** Opens the way to the stored server. @throws {AppError} `conflict` before one was set up, or `secrets-locked` */
export async function openConnection({
  configuration,
  patience,
}: Pick<DeliveryDependencies, 'configuration' | 'patience'>): Promise<Way> {
  const server = configuration.server();
  if (!server) throw new AppError('conflict', 'Set up the mail server first.');
  const password = server.user === null ? undefined : await configuration.password();
  const sender = readAddress(server.senderAddress);
  return { server, connection: connectMail({ ...server, sender }, password, patience) };
}

/**
 * The job that sends what is due. Each mail is marked after the server took it: a crash in between sends it once
 * more (at least once; the same Message-ID lets mail systems tell).
 */
export function mailDelivery(deps: DeliveryDependencies): JobKind<null> {
  const { store, configuration, audit, write } = deps;
  const time = () => deps.now().toISOString();

  function giveUp(mail: Mail, sentence: string, attempts: number): void {
    store.markFailed(mail.id, sentence, attempts, time());
    audit.record('mail.failed', mail.memberId, { kind: mail.kind, attempts }, 'system');
  }

  function retryLater(mail: Mail, failure: MailFailure): void {
    const attempts = mail.attempts + 1;
    if (failure.isFinal || attempts >= MAX_ATTEMPTS) {
      giveUp(mail, failure.sentence, attempts);
    } else {
      const pause = FIRST_PAUSE_MS * PAUSE_GROWTH ** mail.attempts;
      store.defer(mail.id, failure.sentence, new Date(deps.now().getTime() + pause).toISOString());
    }
  }

  /** Why a mail is not sent at all any more, as a sentence. */
  function obstacle(mail: Mail): string | undefined {
    if (mail.recipient === null) return NO_ADDRESS;
    if (!deps.welcomes()) return 'Welcome mails were switched off before this one was sent.';
    if (!store.addressee(mail.memberId ?? '')?.isActive)
      return 'This person lost access before the mail was sent.';
    return undefined;
  }

  function outgoing(mail: Mail & { recipient: string }) {
    const person = store.addressee(mail.memberId ?? '');
    const rendered = renderMail(configuration.template(), {
      firstName: person?.firstName || person?.displayName || '',
      organization: deps.organizationName(),
      signInUrl: configuration.signInUrl() ?? '',
    });
    return { id: mail.id, to: readAddress(mail.recipient), ...rendered };
  }

  /** Sends one, unless something speaks against it, and says how it went; never throws. */
  async function send(way: Way, mail: Mail, ending: Promise<'interrupted'>): Promise<Outcome> {
    const stop = obstacle(mail);
    const { recipient } = mail;
    if (stop !== undefined || recipient === null)
      return { sentence: stop ?? NO_ADDRESS, about: 'mail', isFinal: true };
    try {
      const sending = way.connection.send(outgoing({ ...mail, recipient }));
      return await Promise.race([sending.then(() => 'sent' as const), ending]);
    } catch (error) {
      if (error instanceof AppError) return { sentence: error.message, about: 'mail', isFinal: true };
      return mailFailure(error, way.server, recipient);
    }
  }

  /** Writes down what became of a mail. Not in a chunk: what went out is marked whatever becomes of the job. */
  function mark(mail: Mail, outcome: Exclude<Outcome, 'interrupted'>): Promise<void> {
    return write(() => {
      if (outcome !== 'sent') return retryLater(mail, outcome);
      store.markSent(mail.id, time());
      audit.record('mail.sent', mail.memberId, { kind: mail.kind }, 'system');
    });
  }

  /** No mail gets through now, so none of those due is tried: they wait as if they had been. */
  async function deferAll(due: string, failure: MailFailure): Promise<void> {
    let rows: number;
    do {
      rows = await write(() => {
        const mails = store.due(due, CHUNK);
        for (const mail of mails) retryLater(mail, failure);
        return mails.length;
      });
    } while (rows === CHUNK);
  }

  return {
    name: 'mail',
    describe: () => 'Send welcome mails',
    schedule: {
      input: null,
      everyMinutes: 0,
      // Each mail has pauses of its own; whoever repaired the server should not wait long.
      minutesAfterFailure: 0.25,
      isDue: () => configuration.server() !== undefined && store.dueCount(time()) > 0,
    },
    async run(job) {
      if (!configuration.server()) return null;
      // What is put back on the way is not due in this run again.
      const due = time();
      await write(() => store.forgetTestsBefore(new Date(Date.parse(due) - TESTS_KEPT_MS).toISOString()));
      const way = await openConnection(deps).catch(async (error: unknown) => {
        const sentence = toWireError(error).message;
        await deferAll(due, { sentence, about: 'server', isFinal: false });
        throw error;
      });
      try {
        return await sendDue(job, way, due);
      } finally {
        way.connection.close();
      }
    },
  };

  async function sendDue(job: JobRun<null>, way: Way, due: string): Promise<string | null> {
    const ending = lastMoments(job.signal);
    const tally = { sent: 0, failed: 0, ...(job.cursor as Partial<Tally> | undefined) };
    for (;;) {
      const mail = store.due(due, 1)[0];
      if (!mail) break;
      // Before the mail, so that a cancelled job sends no more.
      await job.chunk(() => ({
        cursor: tally,
        done: tally.sent + tally.failed,
        total: tally.sent + tally.failed + store.dueCount(due),
        message: `${tally.sent} sent.`,
      }));
      const outcome = await send(way, mail, ending);
      if (outcome === 'interrupted') break;
      if (outcome !== 'sent' && outcome.about === 'server') {
        await deferAll(due, outcome);
        throw new AppError('mail-failed', outcome.sentence);
      }
      await mark(mail, outcome);
      tally[outcome === 'sent' ? 'sent' : 'failed'] += 1;
    }
    return counted(tally);
  }
}

/** Resolves a moment after the process began to end. */
async function lastMoments(signal: AbortSignal): Promise<'interrupted'> {
  await new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', resolve, { once: true });
  });
  await sleep(LAST_MOMENTS_MS, undefined, { ref: false });
  return 'interrupted';
}

function counted({ sent, failed }: Tally): string | null {
  if (sent + failed === 0) return null;
  const mails = sent === 1 ? '1 welcome mail sent' : `${sent} welcome mails sent`;
  return failed === 0 ? `${mails}.` : `${mails}, ${failed} not taken.`;
}
