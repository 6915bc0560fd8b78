import type { Certificate, ConnectionDetails } from '../../../../../shared/contract/sso.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Facts } from '../../../components/facts.tsx';
import type { Tone } from '../../../components/tone.ts';
import { ToneBadge } from '../../../components/tone-badge.tsx';
import { calendarDate } from '../../../format/time.ts';
import styles from './connection-facts.module.css';

type Saml = Extract<ConnectionDetails, { protocol: 'saml' }>;
type Oidc = Extract<ConnectionDetails, { protocol: 'oidc' }>;

const BINDINGS = { redirect: 'HTTP-Redirect', post: 'HTTP-POST', other: 'another binding' } as const;

/** What was read out of metadata or discovery. */
export function ConnectionFacts({ details }: { details: ConnectionDetails }) {
  return details.protocol === 'saml' ? <SamlFacts details={details} /> : <OidcFacts details={details} />;
}

function SamlFacts({ details }: { details: Saml }) {
  return (
    <div className={styles.parsed}>
      <Facts
        facts={[
          ['Protocol', 'SAML 2.0'],
          ['Entity ID', <code key="entity">{details.entityId}</code>],
          ['Sign-on URL', <Urls key="on" urls={details.signOnUrls} />],
          [
            'Sign-out URL',
            details.signOutUrls.length > 0 ? <Urls key="out" urls={details.signOutUrls} /> : 'None given',
          ],
          ['Signed requests', details.wantsSignedRequests ? 'The IdP asks for them' : 'Not asked for'],
          ['Metadata URL', details.metadataUrl && <code key="metadata">{details.metadataUrl}</code>],
        ]}
      />
      <ul className={styles.certificates} aria-label="Signing certificates">
        {details.certificates.map((certificate) => (
          <CertificateEntry key={certificate.fingerprint} certificate={certificate} />
        ))}
      </ul>
    </div>
  );
}

function Urls({ urls }: { urls: Saml['signOnUrls'] }) {
  return urls.map(({ binding, url }) => (
    <div key={`${binding} ${url}`}>
      <code>{url}</code> <span className={styles.soft}>by {BINDINGS[binding]}</span>
    </div>
  ));
}

const CERTIFICATE_STATES: Record<Certificate['state'], { label: string; tone: Tone }> = {
  valid: { label: 'Valid', tone: 'good' },
  'expires-soon': { label: 'Expires soon', tone: 'warning' },
  expired: { label: 'Expired', tone: 'bad' },
  'not-yet-valid': { label: 'Not valid yet', tone: 'warning' },
};

function CertificateEntry({ certificate }: { certificate: Certificate }) {
  const { label, tone } = CERTIFICATE_STATES[certificate.state];
  return (
    <li className={styles.certificate}>
      <div className={styles.subject}>
        <strong>{certificate.subject}</strong>
        <ToneBadge tone={tone}>{label}</ToneBadge>
      </div>
      <div className={styles.soft}>
        {`From ${calendarDate(certificate.notBefore)} to ${calendarDate(certificate.notAfter)}`}
      </div>
      <div className={styles.fingerprint}>
        <span>
          <span className={styles.soft}>SHA-256 </span>
          <code>{certificate.fingerprint}</code>
        </span>
        <CopyButton compact text={certificate.fingerprint} label="Copy fingerprint" />
      </div>
    </li>
  );
}

function OidcFacts({ details }: { details: Oidc }) {
  return (
    <div className={styles.parsed}>
      <Facts
        facts={[
          ['Protocol', 'OpenID Connect'],
          ['Issuer', <code key="issuer">{details.issuer}</code>],
          ['Client ID', <code key="client">{details.clientId}</code>],
          ['Client secret', details.hasClientSecret ? 'Sealed in the vault' : 'None'],
          ['Authorization endpoint', <code key="authorization">{details.authorizationEndpoint}</code>],
          ['Token endpoint', <code key="token">{details.tokenEndpoint}</code>],
          ['Keys', <code key="keys">{details.jwksUri}</code>],
          [
            'Sign-out endpoint',
            details.endSessionEndpoint && <code key="end">{details.endSessionEndpoint}</code>,
          ],
        ]}
      />
    </div>
  );
}
