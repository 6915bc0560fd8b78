import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** SAML metadata as Okta hands it out, with a real certificate that is valid for so many days from now. */
export async function oktaMetadata(validDays = 3650): Promise<string> {
  const now = Date.now();
  const day = 86_400_000;
  const { cert } = await generate(
    [
      { name: 'commonName', value: 'dev-rollcall' },
      { name: 'organizationName', value: 'Okta' },
    ],
    {
      keySize: 2048,
      algorithm: 'sha256',
      notBeforeDate: new Date(Math.min(now - day, now + validDays * day - day)),
      notAfterDate: new Date(now + validDays * day),
    },
  );
  const certificate = cert.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').trim();
  const entityId = 'http://www.okta.com/exk1rollcall2TESTx5d7';
  const url = 'https://dev-rollcall.okta.com/app/dev-rollcall_rollcall_1/exk1rollcall2TESTx5d7/sso/saml';
  return `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="${entityId}" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${url}"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${url}"/></md:IDPSSODescriptor></md:EntityDescriptor>
`;
}

/** Writes such metadata to a file and returns its path. */
export async function writeOktaMetadata(folder: string, validDays?: number): Promise<string> {
  const path = join(folder, 'okta-metadata.xml');
  await writeFile(path, await oktaMetadata(validDays));
  return path;
}
