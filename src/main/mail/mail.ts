import { v7 as uuid } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type {
  Mail,
  MailServerChange,
  MailSettings,
  MailState,
  MailTemplate,
} from '../../shared/contract/mail.ts';
import { readAddress } from './address.ts';
import { type DeliveryDependencies, openConnection } from './deliver.ts';
import { mailFailure } from './failure.ts';
import { checkTemplate, type RenderedMail, renderMail } from './template.ts';

/** What the access plane asks of mail; called inside its own transactions. */
export interface WelcomeMail {
  /**
   * Queues a welcome mail when the policy wants one; the first call for a member counts, later ones do nothing. Costs
   * one row: nothing is looked up or sent here, and no mail server can make it fail.
   * @param recipient null for somebody without an e-mail address: that is then said where mail is listed
   */
  enqueueWelcome(memberId: string, recipient: string | null): void;
  /** Takes the address off whatever was sent to a member who is being forgotten, and sends nothing more. */
  forgetMember(memberId: string): void;
}

/** Mail to members: how it is set up, what became of it. */
export interface MailService extends WelcomeMail {
  settings(): MailSettings;
  /** @throws {AppError} `invalid-input`, `secrets-locked` */
  saveServer(change: MailServerChange): Promise<MailSettings>;
  /** @throws {AppError} `invalid-input` */
  saveTemplate(template: MailTemplate): Promise<MailSettings>;
  /** The template with made-up values. @throws {AppError} `invalid-input` */
  preview(template: MailTemplate): RenderedMail;
  /**
   * Sends a test mail now, by the stored settings.
   * @throws {AppError} `mail-failed` with the reason, `conflict` before a server is set up, `invalid-input`
   */
  test(to: string): Promise<Mail>;
  list(query: { state?: MailState | undefined; before?: number | undefined; limit: number }): Mail[];
  ofMember(memberId: string): Mail | undefined;
  /** @throws {AppError} `not-found`, or `conflict` for one that did not fail */
  retry(id: string): Promise<Mail>;
  /** Resolves with how many are tried again. */
  retryFailed(): Promise<number>;
}

/** Somebody to show a template with. */
const SOMEBODY = 'Ada';

/** The mail capability; {@link mailDelivery} sends what it queues. */
export function createMail(deps: DeliveryDependencies): MailService {
  const { store, configuration, audit, write } = deps;
  const time = () => deps.now().toISOString();

  function settings(): MailSettings {
    return {
      server: configuration.server() ?? null,
      hasPassword: configuration.hasPassword(),
      signInUrl: configuration.signInUrl() ?? null,
      template: configuration.template(),
      welcome: deps.welcomes(),
      counts: store.counts(),
      nextAt: store.nextAt(),
    };
  }

  function preview(template: MailTemplate): RenderedMail {
    checkTemplate(template);
    return renderMail(template, {
      firstName: SOMEBODY,
      organization: deps.organizationName(),
      signInUrl: configuration.signInUrl() ?? 'https://…',
    });
  }

  return {
    settings,
    preview,
    enqueueWelcome(memberId, recipient) {
      if (deps.welcomes()) store.insertWelcome({ id: uuid(), memberId, recipient, time: time() });
    },
    forgetMember: store.forgetMember,
    async saveServer(change) {
      await configuration.saveServer(change);
      return settings();
    },
    async saveTemplate(template) {
      await configuration.saveTemplate(template);
      return settings();
    },
    async test(recipient) {
      const to = readAddress(recipient);
      const { server, connection } = await openConnection(deps);
      const id = uuid();
      let error: string | null = null;
      try {
        await connection.send({ id, to, ...preview(configuration.template()) });
      } catch (cause) {
        error = mailFailure(cause, server, recipient).sentence;
      } finally {
        connection.close();
      }
      const mail = await write(() => {
        store.insertTest({ id, recipient, time: time(), error });
        audit.record(error === null ? 'mail.sent' : 'mail.failed', null, { kind: 'test', attempts: 1 });
        return required(store.get(id));
      });
      if (error !== null) throw new AppError('mail-failed', error);
      return mail;
    },
    list: store.list,
    ofMember: store.ofMember,
    retry: (id) =>
      write(() => {
        const mail = required(store.get(id));
        if (mail.state !== 'failed') throw new AppError('conflict', 'This mail did not fail.');
        if (mail.kind === 'test') throw new AppError('conflict', 'Send a new test mail instead.');
        store.requeue(id, time());
        return required(store.get(id));
      }),
    retryFailed: () => write(() => store.requeueFailed(time())),
  };
}

function required(mail: Mail | undefined): Mail {
  if (!mail) throw new AppError('not-found', 'There is no such mail any more.');
  return mail;
}
