const IDP = 'https://idp.try-out.invalid';
const DAYS = 365;

/**
 * Metadata of an identity provider that does not exist, for trying Rollcall out without one. Its certificate is
 * real and made here; its key is thrown away, so nobody can ever sign in through it.
 */
export async function tryOutMetadata(now: Date): Promise<string> {
  // Loaded when it is needed: a server would carry its 20 MB for as long as it runs.
  const { generate } = await import('selfsigned');
  const { cert } = await generate(
    [{ name: 'commonName', value: 'Rollcall try-out (no real identity provider)' }],
    {
      keySize: 2048,
      algorithm: 'sha256',
      notBeforeDate: now,
      notAfterDate: new Date(now.getTime() + DAYS * 86_400_000),
    },
  );
  const base64 = cert.replace(/-----(BEGIN|END) CERTIFICATE-----|\s/g, '');
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${IDP}/metadata">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${IDP}/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
}
