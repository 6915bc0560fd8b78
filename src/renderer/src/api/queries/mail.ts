import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ChangedEntity } from '../../../../shared/contract/index.ts';
import type { MailState, MailTemplate } from '../../../../shared/contract/mail.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange, useSecretCall } from './change.ts';

const MAIL: readonly ChangedEntity[] = ['mail'];
/** How many mails the settings page lists. */
const LATEST = 20;

/** How mail is set up, and how much of it waits or failed. */
export function useMailSettings() {
  return useQuery({ queryKey: queryKeys.mailSettings(), queryFn: () => call('mail.get', {}) });
}

/** The newest mails in a state, or of all. */
export function useLatestMail(state: MailState | undefined) {
  return useQuery({
    queryKey: queryKeys.mailList(state),
    queryFn: () => call('mail.list', { limit: LATEST, ...(state && { state }) }),
    placeholderData: keepPreviousData,
  });
}

/** The welcome mail of a member; null where none was due. */
export function useMemberMail(memberId: string) {
  return useQuery({
    queryKey: queryKeys.memberMail(memberId),
    queryFn: () => call('mail.ofMember', { memberId }),
  });
}

/** The template as it would reach somebody. */
export function useMailPreview(template: MailTemplate) {
  return useQuery({
    queryKey: queryKeys.mailPreview(template),
    queryFn: () => call('mail.preview', template),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** Stores the mail server; its password goes by and is not kept here. */
export function useSaveMailServer() {
  return useSecretCall('mail.saveServer', MAIL);
}

export function useSaveMailTemplate() {
  return useChange('mail.saveTemplate', MAIL);
}

/** Sends a mail now, by what is stored. */
export function useTestMail() {
  return useChange('mail.test', MAIL);
}

export function useRetryMail() {
  return useChange('mail.retry', MAIL);
}

export function useRetryFailedMail() {
  return useChange('mail.retryFailed', MAIL);
}
