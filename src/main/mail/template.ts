import { AppError } from '../../shared/app-error.ts';
import { type MailTemplate, PLACEHOLDERS, type Placeholder } from '../../shared/contract/mail.ts';

/** What stands for the placeholders. */
export type TemplateValues = Record<Placeholder, string>;

/** A mail's content; the HTML says exactly what the text says. */
export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

export const DEFAULT_TEMPLATE: MailTemplate = {
  subject: 'Welcome to {{organization}}',
  text: [
    'Hello {{firstName}},',
    'an account was made for you at {{organization}}. Sign in with the account that you use at work:',
    '{{signInUrl}}',
    'If you did not expect this, ask your IT department.',
  ].join('\n\n'),
};

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
const MAX_VALUE = 200;

/**
 * Checks what a template names.
 * @throws {AppError} `invalid-input` for a placeholder that nothing stands for
 */
export function checkTemplate({ subject, text }: MailTemplate): void {
  for (const [whole, name = ''] of `${subject}\n${text}`.matchAll(PLACEHOLDER)) {
    if (isPlaceholder(name)) continue;
    const known = PLACEHOLDERS.map((each) => `{{${each}}}`).join(', ');
    throw new AppError('invalid-input', `Nothing stands for ${whole}. There are: ${known}.`);
  }
}

/** Fills in a template. Values come from the IdP: none can add a line to the header, a placeholder or a tag. */
export function renderMail(template: MailTemplate, values: TemplateValues): RenderedMail {
  return {
    subject: filled(template.subject, (name) => oneLine(values[name])),
    text: filled(template.text, (name) => oneLine(values[name])),
    html: htmlOf(template.text, values),
  };
}

function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}

/** In one pass, so that a value is never read as a template. */
function filled(text: string, standIn: (name: Placeholder) => string): string {
  return text.replaceAll(PLACEHOLDER, (whole, name: string) => (isPlaceholder(name) ? standIn(name) : whole));
}

function oneLine(value: string): string {
  return (
    value
      .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      // They would turn around what stands after them.
      .replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '')
      .trim()
      .slice(0, MAX_VALUE)
  );
}

function htmlOf(text: string, values: TemplateValues): string {
  const paragraphs = escaped(text)
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
  const content = filled(paragraphs, (name) => {
    const value = escaped(oneLine(values[name]));
    return name === 'signInUrl' ? `<a href="${value}">${value}</a>` : value;
  });
  return `<!doctype html>\n<html><body style="font-family: sans-serif; line-height: 1.5">\n${content}\n</body></html>\n`;
}

function escaped(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
