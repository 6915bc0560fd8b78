import { beforeAll, describe, expect, test } from 'vitest';
import { parseSamlMetadata, samlWarnings } from '../../../../src/main/sso/saml-metadata.ts';
import { tryOutMetadata } from '../../../../src/main/sso/try-out.ts';
import { certificate, endpoint, idpEntity, key, NAMESPACES } from '../../../support/saml-metadata.ts';

const NOW = new Date('2026-06-15T12:00:00.000Z');
const ID = 'https://idp.example.com/metadata';
const SSO = endpoint('HTTP-Redirect', 'https://idp.example.com/sso');

let valid: string;
let other: string;
let soon: string;
let expired: string;
let early: string;
beforeAll(async () => {
  [valid, other, soon, expired, early] = (await Promise.all([
    certificate('valid', '2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z'),
    certificate('other', '2026-01-01T00:00:00Z', '2029-01-01T00:00:00Z'),
    certificate('soon', '2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'),
    certificate('expired', '2020-01-01T00:00:00Z', '2026-06-15T12:00:00Z'),
    certificate('early', '2026-06-16T00:00:00Z', '2030-01-01T00:00:00Z'),
  ])) as [string, string, string, string, string];
});

const parse = (xml: string) => parseSamlMetadata(xml, NOW, null);
const invalid = (message: string | RegExp) =>
  expect.objectContaining({ code: 'metadata-invalid', message: expect.stringMatching(message) });

describe('metadata of an identity provider', () => {
  test('is read: entity, bindings, certificates, wishes', () => {
    const details = parseSamlMetadata(
      idpEntity(
        ` ${ID} `,
        key(valid) +
          endpoint('HTTP-Redirect', 'https://idp.example.com/redirect') +
          endpoint('HTTP-POST', 'https://idp.example.com/post') +
          endpoint('SOAP', 'https://idp.example.com/soap') +
          endpoint('HTTP-POST', 'https://idp.example.com/out', 'SingleLogoutService'),
        'WantAuthnRequestsSigned="true"',
      ),
      NOW,
      'https://idp.example.com/metadata.xml',
    );
    expect(details).toEqual({
      protocol: 'saml',
      entityId: ID,
      signOnUrls: [
        { binding: 'redirect', url: 'https://idp.example.com/redirect' },
        { binding: 'post', url: 'https://idp.example.com/post' },
        { binding: 'other', url: 'https://idp.example.com/soap' },
      ],
      signOutUrls: [{ binding: 'post', url: 'https://idp.example.com/out' }],
      certificates: [
        {
          subject: 'CN=valid',
          fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
          notBefore: '2026-01-01T00:00:00.000Z',
          notAfter: '2030-01-01T00:00:00.000Z',
          state: 'valid',
        },
      ],
      wantsSignedRequests: true,
      metadataUrl: 'https://idp.example.com/metadata.xml',
    });
    expect(samlWarnings(details)).toEqual([]);
  });

  test.each([
    ['WantAuthnRequestsSigned="true"', true],
    ['WantAuthnRequestsSigned="1"', true],
    ['WantAuthnRequestsSigned="false"', false],
    ['WantAuthnRequestsSigned="0"', false],
    ['', false],
  ])('%s wants signed requests: %s', (attributes, wants) => {
    expect(parse(idpEntity(ID, key(valid) + SSO, attributes)).wantsSignedRequests).toBe(wants);
  });

  test('may begin with a byte order mark, blanks and comments', () => {
    const xml = `\uFEFF\n  <?xml version="1.0"?><!-- ours -->${idpEntity(ID, key(valid) + SSO)}`;
    expect(parse(xml).entityId).toBe(ID);
  });

  test('may use any prefix, or none', () => {
    const xml = idpEntity(ID, key(valid) + SSO)
      .replaceAll('<md:', '<')
      .replaceAll('</md:', '</')
      .replace('xmlns:md', 'xmlns');
    expect(parse(xml).signOnUrls).toHaveLength(1);
  });

  test('keys without a use sign too, those for encryption don’t, and the same counts once', () => {
    const xml = idpEntity(ID, key(valid, '') + key(valid) + key(other) + key(soon, 'encryption') + SSO);
    expect(parse(xml).certificates.map(({ subject }) => subject)).toEqual(['CN=valid', 'CN=other']);
  });

  test('endpoints that are no web address are left out', () => {
    const xml = idpEntity(
      ID,
      `${key(valid)}${SSO}${endpoint('HTTP-POST', 'javascript:alert(1)')}${endpoint('HTTP-POST', 'not a url')}`,
    );
    expect(parse(xml).signOnUrls.map(({ url }) => url)).toEqual(['https://idp.example.com/sso']);
  });

  test('that Rollcall makes for trying out can be read', async () => {
    const details = parseSamlMetadata(await tryOutMetadata(NOW), NOW, null);
    expect(details).toMatchObject({ entityId: 'https://idp.try-out.invalid/metadata' });
    expect(details.certificates.map(({ state }) => state)).toEqual(['valid']);
  });
});

describe('several entities', () => {
  const wrap = (...entities: string[]) =>
    `<md:EntitiesDescriptor ${NAMESPACES}>${entities.join('')}</md:EntitiesDescriptor>`;
  const sp = `<md:EntityDescriptor entityID="sp"><md:SPSSODescriptor/></md:EntityDescriptor>`;

  test('of which one is an identity provider mean that one', () => {
    expect(parse(wrap(sp, idpEntity(ID, key(valid) + SSO))).entityId).toBe(ID);
  });

  test('of which two are identity providers are refused', () => {
    const xml = wrap(idpEntity('a', key(valid) + SSO), sp, idpEntity('b', key(valid) + SSO));
    expect(() => parse(xml)).toThrow(
      invalid('The metadata holds 2 identity providers. Use the metadata of one.'),
    );
  });

  test('of which none is an identity provider are refused', () => {
    expect(() => parse(wrap(sp))).toThrow(invalid('The metadata holds no identity provider.'));
  });
});

describe('refused, with the reason', () => {
  test.each([
    [
      'a service provider',
      () => `<md:EntityDescriptor ${NAMESPACES} entityID="x"><md:SPSSODescriptor/></md:EntityDescriptor>`,
      /metadata of a service provider/,
    ],
    [
      'an entity of no kind',
      () => `<md:EntityDescriptor ${NAMESPACES} entityID="x"/>`,
      /no identity provider/,
    ],
    ['no entity id', () => idpEntity('', key(valid) + SSO), /names no entityID/],
    ['no sign-on URL', () => idpEntity(ID, key(valid)), /names no sign-on URL/],
    ['no certificate', () => idpEntity(ID, SSO), /no signing certificate/],
    [
      'an encryption key alone',
      () => idpEntity(ID, key(valid, 'encryption') + SSO),
      /no signing certificate/,
    ],
    ['a certificate that is none', () => idpEntity(ID, key('AAAA') + SSO), /can’t be read/],
    [
      'other XML',
      () => '<feed xmlns="http://www.w3.org/2005/Atom"/>',
      /not SAML metadata: its first element is <feed>/,
    ],
    ['a web page', () => '<!DOCTYPE html><html><body><br>Sign in</body></html>', /This is a web page/],
    ['a web page without a doctype', () => '<html><body><br>Sign in</body></html>', /This is a web page/],
    ['half a document', () => idpEntity(ID, SSO).slice(0, -20), /not well-formed/],
    ['plain text', () => 'hello', /not well-formed|empty/],
    ['nothing', () => '  ', /not well-formed|empty/],
    ['a DOCTYPE', () => `<!DOCTYPE md>${idpEntity(ID, SSO)}`, /DOCTYPE, which is not allowed/],
    [
      'entities that expand',
      () =>
        `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${idpEntity('&b;', SSO)}`,
      /DOCTYPE, which is not allowed/,
    ],
  ])('%s', (_, xml, message) => {
    expect(() => parse(xml())).toThrow(invalid(message));
  });
});

describe('certificates', () => {
  const entity = (...certificates: string[]) =>
    idpEntity(ID, certificates.map((base64) => key(base64)).join('') + SSO);

  test('all expired are refused with the date', () => {
    expect(() => parse(entity(expired))).toThrow(
      expect.objectContaining({
        code: 'certificate-expired',
        message: expect.stringContaining('expired on 2026-06-15T12:00:00.000Z'),
      }),
    );
  });

  test('not valid yet are refused with the date and the likely cause', () => {
    expect(() => parse(entity(early))).toThrow(
      expect.objectContaining({
        code: 'certificate-expired',
        message: expect.stringMatching(/valid only from 2026-06-16T00:00:00.000Z. Check the clock/),
      }),
    );
  });

  test('of which one is valid are taken, with a warning for each of the others', () => {
    const details = parse(entity(expired, valid, soon, early));
    expect(details.certificates.map(({ state }) => state)).toEqual([
      'expired',
      'valid',
      'expires-soon',
      'not-yet-valid',
    ]);
    expect(samlWarnings(details)).toEqual([
      'The certificate CN=expired expired on 2026-06-15T12:00:00.000Z and is not used.',
      'The certificate CN=soon expires on 2026-07-01T00:00:00.000Z. Plan its renewal now.',
      'The certificate CN=early is valid only from 2026-06-16T00:00:00.000Z.',
    ]);
  });

  test('that expire soon are enough', () => {
    expect(parse(entity(soon)).certificates[0]?.state).toBe('expires-soon');
  });

  test('sign-on over http is warned of', () => {
    const xml = idpEntity(ID, key(valid) + endpoint('HTTP-Redirect', 'http://idp.example.com/sso'));
    expect(samlWarnings(parse(xml))).toEqual([
      'A sign-on URL uses http: people would sign in without encryption.',
    ]);
  });
});
