import type { ReactNode } from 'react';
import type { Provider } from '../../../../../shared/contract/sso.ts';

interface Guide {
  steps: readonly ReactNode[];
  note?: ReactNode;
}

/** Where URL and token go in each IdP, and what to press there. */
export const GUIDES: Record<Provider, Guide> = {
  okta: {
    steps: [
      <>
        In the Okta admin console add the application <b>SCIM 2.0 Test App (Header Auth)</b> from the
        catalogue, or open your own application and turn on SCIM under <b>General</b>.
      </>,
      <>
        Open <b>Provisioning</b>, then <b>Configure API Integration</b>, and tick{' '}
        <b>Enable API integration</b>.
      </>,
      <>
        Paste the endpoint URL as <b>Base URL</b>.
      </>,
      <>
        As <b>API Token</b> type the word <code>Bearer</code>, a space, and then paste the token. Without that
        word Okta sends the token bare and is refused.
      </>,
      <>
        Press <b>Test API Credentials</b>, then <b>Save</b>.
      </>,
      <>
        Under <b>To App</b> tick Create Users, Update User Attributes and Deactivate Users. Leave Sync
        Password off.
      </>,
      <>
        Under <b>Assignments</b> assign one test person. Groups follow under <b>Push Groups</b>.
      </>,
    ],
    note: 'In an application of your own with “HTTP Header” authentication, Okta writes the word Bearer itself: paste the token alone.',
  },
  entra: {
    steps: [
      <>
        In the Entra admin center open <b>Enterprise applications</b>, your application, <b>Provisioning</b>,
        and set the mode to <b>Automatic</b>.
      </>,
      <>
        Paste the endpoint URL as <b>Tenant URL</b> and the token as <b>Secret Token</b>.
      </>,
      <>
        Press <b>Test Connection</b>, then <b>Save</b>. The test looks for a person who does not exist; an
        empty answer is the right one.
      </>,
      <>
        Under <b>Mappings</b> keep <code>userName</code> on <code>userPrincipalName</code> and{' '}
        <code>active</code> on the expression that Entra proposes.
      </>,
      <>
        Under <b>Users and groups</b> assign one test person, then press <b>Provision on demand</b> for them.
      </>,
      <>
        If that worked, press <b>Start provisioning</b>.
      </>,
    ],
    note: 'The first full cycle can take hours; after that Entra comes about every 40 minutes. Cloud-only accounts have no “mail”: map the work e-mail from userPrincipalName.',
  },
  onelogin: {
    steps: [
      <>
        In OneLogin add the application <b>SCIM Provisioner with SAML (SCIM v2 Enterprise)</b>.
      </>,
      <>
        Open <b>Configuration</b>. Paste the endpoint URL as <b>SCIM Base URL</b> and the token as{' '}
        <b>SCIM Bearer Token</b>.
      </>,
      <>
        Press <b>Enable</b> beside API Status, then <b>Save</b>.
      </>,
      <>
        Under <b>Provisioning</b> tick <b>Enable provisioning</b> and choose what deleting a person does.
      </>,
      <>
        Under <b>Access</b> give the application to a role with one test person in it. If OneLogin lists the
        task as pending, approve it under <b>Users</b>.
      </>,
    ],
  },
  jumpcloud: {
    steps: [
      <>
        In the JumpCloud admin portal open <b>SSO Applications</b>, your application,{' '}
        <b>Identity Management</b>.
      </>,
      <>
        Choose SCIM version <b>2.0</b>. Paste the endpoint URL as <b>Base URL</b> and the token as{' '}
        <b>Token Key</b>.
      </>,
      <>
        Enter a <b>Test User Email</b> that nobody here has, and press <b>Test Connection</b>.
      </>,
      <>
        Press <b>Activate</b>. Turn group management on if groups should become teams.
      </>,
      <>
        Under <b>User Groups</b> bind a group with one test person in it.
      </>,
    ],
    note: 'JumpCloud’s test creates its test person and takes them away again: you will see both requests below.',
  },
  ping: {
    steps: [
      <>
        In PingOne open <b>Integrations</b>, <b>Provisioning</b>, and add a <b>New Connection</b> of the kind{' '}
        <b>Identity Store</b>.
      </>,
      <>
        Choose <b>SCIM Outbound</b> and give it a name.
      </>,
      <>
        Paste the endpoint URL as <b>SCIM Base URL</b>, with SCIM version <b>2.0</b>.
      </>,
      <>
        As authentication choose <b>OAuth 2 Bearer Token</b> and paste the token.
      </>,
      <>
        Press <b>Test Connection</b>, then <b>Save</b>, and turn the connection on.
      </>,
      <>
        Add a <b>New Rule</b> from PingOne to this connection with a filter that fits one test person, and
        turn it on.
      </>,
    ],
  },
  google: {
    steps: [
      <>
        In the Google admin console open <b>Apps</b>, <b>Web and mobile apps</b>, your application.
      </>,
      <>
        Open <b>Autoprovisioning</b> and press <b>Configure autoprovisioning</b>.
      </>,
      <>
        Paste the token as <b>Access token</b> and press Continue.
      </>,
      <>
        Paste the endpoint URL as <b>Endpoint URL</b> and press Continue.
      </>,
      <>
        Keep the attribute mapping, choose a group with one test person as the scope, and set what
        deprovisioning does.
      </>,
      <>
        Turn autoprovisioning <b>on</b>.
      </>,
    ],
    note: 'Google offers autoprovisioning only for applications of its catalogue; one that you added yourself may not have it. Changes can take up to a day to arrive.',
  },
  other: {
    steps: [
      <>
        Find the application’s <b>provisioning</b> settings and choose <b>SCIM 2.0</b>.
      </>,
      <>Paste the endpoint URL as the base or tenant URL, without anything behind it.</>,
      <>
        Choose bearer-token authentication and paste the token. If only a header can be set, it is{' '}
        <code>Authorization</code> with the value <code>Bearer</code>, a space, and the token.
      </>,
      <>
        Use <code>userName</code> as the unique identifier.
      </>,
      <>Press the connection test, if there is one.</>,
      <>Assign one test person, and start provisioning.</>,
    ],
  },
};
