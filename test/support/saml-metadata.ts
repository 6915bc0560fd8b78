import { generate } from 'selfsigned';

/** A self-signed certificate as base64 DER, valid between these moments. */
export async function certificate(name: string, notBefore: string, notAfter: string): Promise<string> {
  const { cert } = await generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(notBefore),
    notAfterDate: new Date(notAfter),
  });
  return cert.replace(/-----(BEGIN|END) CERTIFICATE-----|\s/g, '');
}

/** What stands in a `KeyDescriptor`. */
export function key(base64: string, use: 'signing' | 'encryption' | '' = 'signing'): string {
  return `<md:KeyDescriptor${use === '' ? '' : ` use="${use}"`}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
    ${base64.replace(/.{64}/g, '$&\n')}
  </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
}

export const NAMESPACES =
  'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';

/** The entity of an identity provider; `parts` are its keys and endpoints. */
export function idpEntity(entityId: string, parts: string, attributes = ''): string {
  return `<md:EntityDescriptor ${NAMESPACES} entityID="${entityId}">
  <md:IDPSSODescriptor ${attributes} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${parts}</md:IDPSSODescriptor>
</md:EntityDescriptor>`;
}

/** One endpoint, `SingleSignOnService` unless told otherwise. */
export function endpoint(
  binding: string,
  location: string,
  name: 'SingleSignOnService' | 'SingleLogoutService' = 'SingleSignOnService',
): string {
  return `<md:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${location}"/>`;
}
