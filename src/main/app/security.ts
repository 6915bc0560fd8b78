import { app, type Session, shell, type WebContents } from 'electron';
import { CONSOLE_ORIGIN } from './protocol.ts';

/** Whether a URL is the console's own page: scheme and host compared after parsing, never by substring. */
export function isConsoleUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return `${url.protocol}//${url.host}` === CONSOLE_ORIGIN;
}

/** Opens a link in the system browser, https only: other schemes can start programs. */
export async function openExternal(text: string): Promise<void> {
  if (URL.canParse(text) && new URL(text).protocol === 'https:') await shell.openExternal(text);
}

/** Denies the page everything that a browser would ask about; the clipboard goes through the contract. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Keeps every web contents of this app on the console's own page. */
export function confineNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; url: string }) => {
      if (!isConsoleUrl(event.url)) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      void openExternal(url);
      return { action: 'deny' };
    });
  });
}

/** What a message to the main process must prove: our window, its top frame, our origin. */
export function isTrustedSender(
  event: { sender: Pick<WebContents, 'id'>; senderFrame: { url: string; parent: unknown } | null },
  trusted: { has(id: number): boolean },
): boolean {
  const frame = event.senderFrame;
  return frame !== null && trusted.has(event.sender.id) && frame.parent === null && isConsoleUrl(frame.url);
}
