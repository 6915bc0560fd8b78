import { describe, expect, test } from 'vitest';
import { checkTemplate, DEFAULT_TEMPLATE, renderMail } from '../../../../src/main/mail/template.ts';

const values = { firstName: 'Ada', organization: 'Acme', signInUrl: 'https://acme.example/sign-in?a=1&b=2' };

describe('a template', () => {
  test('fills in subject, text and HTML', () => {
    const { subject, text, html } = renderMail(DEFAULT_TEMPLATE, values);
    expect(subject).toBe('Welcome to Acme');
    expect(text).toContain('Hello Ada,\n\n');
    expect(text).toContain('\n\nhttps://acme.example/sign-in?a=1&b=2\n\n');
    expect(html).toContain('<p>Hello Ada,</p>');
    expect(html).toContain(
      '<a href="https://acme.example/sign-in?a=1&amp;b=2">https://acme.example/sign-in?a=1&amp;b=2</a>',
    );
  });

  test('lets no value add a header line, a tag or a placeholder', () => {
    const firstName = 'A\r\nBcc: eve@evil.example\r\n\r\n<script>x</script>{{signInUrl}}"\u202e';
    const { subject, text, html } = renderMail(
      { subject: '{{ firstName }}!', text: '<b>{{firstName}}</b>' },
      { ...values, firstName },
    );
    const safe = 'A Bcc: eve@evil.example <script>x</script>{{signInUrl}}"';
    expect(subject).toBe(`${safe}!`);
    expect(text).toBe(`<b>${safe}</b>`);
    expect(html).toContain(
      '<p>&lt;b&gt;A Bcc: eve@evil.example &lt;script&gt;x&lt;/script&gt;{{signInUrl}}&quot;&lt;/b&gt;</p>',
    );
    expect(html).not.toContain('<a ');
  });

  test('keeps lines and paragraphs in HTML', () => {
    expect(renderMail({ subject: 's', text: 'a\nb\r\n\r\nc' }, values).html).toContain(
      '<p>a<br>\nb</p>\n<p>c</p>',
    );
  });

  test('with a placeholder that nothing stands for is refused, and says which there are', () => {
    expect(() => checkTemplate({ subject: 'x', text: 'Your {{password}}' })).toThrow(
      'Nothing stands for {{password}}. There are: {{firstName}}, {{organization}}, {{signInUrl}}.',
    );
    expect(() => checkTemplate({ subject: '{{}}', text: 'x' })).toThrow();
    expect(() => checkTemplate(DEFAULT_TEMPLATE)).not.toThrow();
  });
});
