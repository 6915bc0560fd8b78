import type { ConnectionInput, Provider } from '../../../../../shared/contract/sso.ts';

export type Method = 'file' | 'paste' | 'url' | 'oidc';

/** What the admin has entered so far; all methods at once, so that changing one's mind loses nothing. */
export interface ConnectionDraft {
  provider: Provider | null;
  method: Method;
  file: { name: string; xml: string } | null;
  pasted: string;
  metadataUrl: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** An empty draft. */
export function emptyDraft(provider: Provider | null): ConnectionDraft {
  return {
    provider,
    method: 'file',
    file: null,
    pasted: '',
    metadataUrl: '',
    issuer: '',
    clientId: '',
    clientSecret: '',
  };
}

/** The draft as the server takes it, or what is missing as a sentence. */
export function readDraft(draft: ConnectionDraft): { input: ConnectionInput } | { missing: string } {
  const { provider } = draft;
  if (provider === null) return { missing: 'Choose your IdP.' };
  switch (draft.method) {
    case 'file':
      return draft.file
        ? { input: { kind: 'saml-xml', provider, xml: draft.file.xml } }
        : { missing: 'Choose the metadata file.' };
    case 'paste':
      return draft.pasted.trim()
        ? { input: { kind: 'saml-xml', provider, xml: draft.pasted } }
        : { missing: 'Paste the metadata.' };
    case 'url':
      return URL.canParse(draft.metadataUrl.trim())
        ? { input: { kind: 'saml-url', provider, url: draft.metadataUrl.trim() } }
        : { missing: 'Enter the metadata URL, with its scheme.' };
    case 'oidc':
      return readOidc(draft, provider);
  }
}

function readOidc(
  draft: ConnectionDraft,
  provider: Provider,
): { input: ConnectionInput } | { missing: string } {
  const issuer = draft.issuer.trim();
  const clientId = draft.clientId.trim();
  if (!URL.canParse(issuer)) return { missing: 'Enter the issuer URL, with its scheme.' };
  if (!clientId) return { missing: 'Enter the client ID.' };
  return { input: { kind: 'oidc', provider, issuer, clientId, clientSecret: draft.clientSecret || null } };
}
