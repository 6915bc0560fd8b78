import { X509Certificate } from 'node:crypto';
import { DOMParser, type Element, MIME_TYPE, onErrorStopParsing } from '@xmldom/xmldom';
import { AppError } from '../../shared/app-error.ts';
import type { Certificate, ConnectionDetails } from '../../shared/contract/sso.ts';

type SamlDetails = Extract<ConnectionDetails, { protocol: 'saml' }>;

const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
const SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#';
const BINDINGS: Record<string, 'redirect' | 'post'> = {
  'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect': 'redirect',
  'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST': 'post',
};
const SOON_MS = 30 * 86_400_000;
const WEB_PAGE = 'This is a web page, not SAML metadata. Use the link that downloads the XML.';

/**
 * Reads the metadata of an identity provider (SAML 2.0 Metadata, sections 2.3 and 2.4).
 *
 * @throws {AppError} `metadata-invalid` naming what is missing; `certificate-expired` when no signing certificate is
 *   valid now.
 */
export function parseSamlMetadata(xml: string, now: Date, metadataUrl: string | null): SamlDetails {
  const root = parseXml(xml);
  const entity = findEntity(root);
  const entityId = entity.getAttribute('entityID')?.trim();
  if (!entityId) throw invalid('The metadata names no entityID.');

  const idp = children(entity, 'IDPSSODescriptor')[0];
  if (!idp) {
    throw invalid(
      children(entity, 'SPSSODescriptor').length > 0
        ? 'This is the metadata of a service provider. Download the one of your identity provider.'
        : 'The metadata describes no identity provider (IDPSSODescriptor).',
    );
  }
  const signOnUrls = endpoints(idp, 'SingleSignOnService');
  if (signOnUrls.length === 0) throw invalid('The metadata names no sign-on URL (SingleSignOnService).');

  const certificates = signingCertificates(idp, now);
  if (certificates.length === 0) throw invalid('The metadata holds no signing certificate.');
  const usable = certificates.filter(({ state }) => state === 'valid' || state === 'expires-soon');
  if (usable.length === 0) {
    const [first] = certificates;
    throw new AppError(
      'certificate-expired',
      first?.state === 'not-yet-valid'
        ? `The signing certificate is valid only from ${first.notBefore}. Check the clock of this machine.`
        : `The signing certificate expired on ${first?.notAfter}. Renew it in your identity provider and download the metadata again.`,
    );
  }
  return {
    protocol: 'saml',
    entityId,
    signOnUrls,
    signOutUrls: endpoints(idp, 'SingleLogoutService'),
    certificates,
    // An xs:boolean may be written both ways.
    wantsSignedRequests: ['true', '1'].includes(idp.getAttribute('WantAuthnRequestsSigned')?.trim() ?? ''),
    metadataUrl,
  };
}

/** What an admin should know although the metadata can be used. */
export function samlWarnings(details: SamlDetails): string[] {
  const warnings = details.certificates
    .filter(({ state }) => state !== 'valid')
    .map(({ state, notAfter, notBefore, subject }) =>
      state === 'expires-soon'
        ? `The certificate ${subject} expires on ${notAfter}. Plan its renewal now.`
        : state === 'expired'
          ? `The certificate ${subject} expired on ${notAfter} and is not used.`
          : `The certificate ${subject} is valid only from ${notBefore}.`,
    );
  const insecure = details.signOnUrls.filter(({ url }) => url.startsWith('http:'));
  if (insecure.length > 0) warnings.push('A sign-on URL uses http: people would sign in without encryption.');
  return warnings;
}

/** Metadata has no use for a DOCTYPE, and entity expansion is how XML parsers are attacked. */
function parseXml(xml: string): Element {
  const text = xml.replace(/^\uFEFF/, '').trim();
  if (/^<!DOCTYPE html/i.test(text)) throw invalid(WEB_PAGE);
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw invalid('The metadata holds a DOCTYPE, which is not allowed.');
  try {
    const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
      text,
      MIME_TYPE.XML_APPLICATION,
    );
    if (document.documentElement) return document.documentElement;
  } catch (cause) {
    const html = /^<!?html|<html/i.test(text);
    throw new AppError('metadata-invalid', html ? WEB_PAGE : 'The metadata is not well-formed XML.', {
      cause,
    });
  }
  throw invalid('The metadata is empty.');
}

function findEntity(root: Element): Element {
  if (root.namespaceURI !== METADATA) {
    throw invalid(
      `This XML is not SAML metadata: its first element is <${root.localName ?? root.nodeName}>.`,
    );
  }
  if (root.localName === 'EntityDescriptor') return root;
  const entities = children(root, 'EntityDescriptor').filter(
    (entity) => children(entity, 'IDPSSODescriptor').length > 0,
  );
  const [only, ...others] = entities;
  if (!only) throw invalid('The metadata holds no identity provider.');
  if (others.length > 0)
    throw invalid(`The metadata holds ${entities.length} identity providers. Use the metadata of one.`);
  return only;
}

function endpoints(idp: Element, name: string): SamlDetails['signOnUrls'] {
  return children(idp, name).flatMap((element) => {
    const url = element.getAttribute('Location')?.trim();
    if (!url || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return [];
    return [{ binding: BINDINGS[element.getAttribute('Binding') ?? ''] ?? ('other' as const), url }];
  });
}

function signingCertificates(idp: Element, now: Date): Certificate[] {
  const texts = children(idp, 'KeyDescriptor')
    .filter((key) => key.getAttribute('use') !== 'encryption')
    .flatMap((key) => [...key.getElementsByTagNameNS(SIGNATURE, 'X509Certificate')])
    .map((element) => (element.textContent ?? '').replace(/\s+/g, ''));
  return [...new Set(texts)].map((base64) => inWords(base64, now));
}

function inWords(base64: string, now: Date): Certificate {
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(Buffer.from(base64, 'base64'));
  } catch (cause) {
    throw new AppError('metadata-invalid', 'A certificate in the metadata can’t be read.', { cause });
  }
  const notBefore = new Date(parsed.validFrom);
  const notAfter = new Date(parsed.validTo);
  return {
    subject: parsed.subject.replaceAll('\n', ', '),
    fingerprint: parsed.fingerprint256,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    state:
      notAfter <= now
        ? 'expired'
        : notBefore > now
          ? 'not-yet-valid'
          : notAfter.getTime() - now.getTime() < SOON_MS
            ? 'expires-soon'
            : 'valid',
  };
}

function children(parent: Element, localName: string): Element[] {
  return [...parent.childNodes].filter(
    (node): node is Element =>
      node.nodeType === node.ELEMENT_NODE &&
      node.namespaceURI === METADATA &&
      (node as Element).localName === localName,
  );
}

function invalid(message: string): AppError {
  return new AppError('metadata-invalid', message);
}
