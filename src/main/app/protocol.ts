import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { protocol } from 'electron';

/** The page's own origin: no file://, so no file access, and an origin that IPC can check exactly. */
export const CONSOLE_ORIGIN = 'app://console';

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Declares the `app:` scheme. Electron allows one such call, before it is ready. */
export function registerConsoleScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built page from `folder` at {@link CONSOLE_ORIGIN}; paths without an extension are routes of the page. */
export function serveConsole(folder: string): void {
  protocol.handle('app', async (request) => {
    if (request.method !== 'GET') return new Response(null, { status: 405, headers: { Allow: 'GET' } });
    const url = new URL(request.url);
    if (url.host !== 'console') return new Response(null, { status: 404 });
    try {
      const path = decodeURIComponent(url.pathname);
      const isRoute = extname(path) === '';
      const file = join(folder, isRoute ? 'index.html' : path);
      if (relative(folder, file).startsWith(`..${sep}`)) return new Response(null, { status: 404 });
      return isRoute ? await page(file) : await asset(file);
    } catch {
      // Not there, or not a path at all.
      return new Response(null, { status: 404 });
    }
  });
}

async function asset(file: string): Promise<Response> {
  const type = MEDIA_TYPES[extname(file)];
  if (type === undefined) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(await readFile(file)), {
    headers: { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' },
  });
}

/** The page gets a nonce of its own each time, for the style tags that the UI kit writes. */
async function page(file: string): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const html = (await readFile(file, 'utf8')).replaceAll('%CSP_NONCE%', nonce);
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
  });
}

/** No network at all: everything the page knows comes over IPC. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
