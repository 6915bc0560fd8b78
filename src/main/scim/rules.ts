/**
 * The rules that IdP profiles are made of (product decision D10): each a way to read or answer a request that RFC 7643
 * and 7644 don't ask for, with who needs it and where that is documented.
 */

export type RuleTopic = 'values' | 'names' | 'patch' | 'filters' | 'answers';

/** What the console, the command line and the request log say about a rule. */
export type RuleDefinition = {
  readonly topic: RuleTopic;
  /** A short name for a badge. */
  readonly label: string;
  /** What the rule does, one sentence. */
  readonly description: string;
  /** What happens while it is off, one sentence. */
  readonly whenOff: string;
  /** Who needs it, and where that is documented: an RFC section, a vendor's page, a public issue. */
  readonly source: string;
  /** Why nobody may switch it off; undefined when they may. */
  readonly fixed?: string;
};

const ENTRA_COMPATIBILITY = 'Microsoft Learn, "Known issues with SCIM 2.0 protocol compliance"';
const ENTRA_TUTORIAL = 'Microsoft Learn, "Develop and plan provisioning for a SCIM endpoint"';

export const RULES = {
  'string-boolean': {
    topic: 'values',
    label: 'Text for a boolean',
    description: 'Reads the texts "True" and "False" as booleans.',
    whenOff: 'A boolean sent as text is refused with 400 invalidValue.',
    source: `Entra ID without aadOptscim062020 (${ENTRA_COMPATIBILITY}); Keycloak (mitodl/keycloak-scim)`,
  },
  'string-reference': {
    topic: 'values',
    label: 'Bare id or value',
    description: 'Reads a bare text where an object is due, such as a manager or a member, as its value.',
    whenOff: 'A bare text where an object is due is refused with 400 invalidValue.',
    source: `Entra ID for manager (${ENTRA_TUTORIAL}); Microsoft SCIM Postman collection for members`,
  },
  'loose-scalar': {
    topic: 'values',
    label: 'Number and text mixed up',
    description: 'Reads a number or boolean where text is due, and a number that is sent as text.',
    whenOff: 'A number where text is due, or the reverse, is refused with 400 invalidValue.',
    source: 'Ids sent as numbers: goauthentik/authentik #15533; strict by RFC 7643 section 2.3',
  },
  'list-for-singular': {
    topic: 'values',
    label: 'List for a single value',
    description: 'Reads a list of one where a single value is due as that value.',
    whenOff: 'A list for a single-valued attribute is refused with 400 invalidValue.',
    source: `Entra ID for manager (${ENTRA_TUTORIAL})`,
  },
  'single-for-list': {
    topic: 'values',
    label: 'Single value for a list',
    description: 'Reads a single value where a list is due as a list of one.',
    whenOff: 'A single value for a multi-valued attribute is refused with 400 invalidValue.',
    source: 'OneLogin for emails (its JSON template can be edited: 15five/django-scim2, adapters.py)',
  },
  'empty-string': {
    topic: 'values',
    label: 'Empty text clears',
    description: 'Reads an empty text as no value, so that it clears the attribute.',
    whenOff: 'An empty text is kept as the value it is; where text makes no value, 400 invalidValue.',
    source: `Okta for middleName (Okta, "SCIM 2.0 reference"); Entra ID for manager (${ENTRA_TUTORIAL})`,
  },
  'primary-demoted': {
    topic: 'values',
    label: 'Several primary values',
    description: 'Keeps the first of several primary values as primary and makes the others ordinary.',
    whenOff: 'More than one primary value in a list is refused with 400 invalidValue.',
    source: 'PingFederate (Ping Identity, "SCIM provisioning limitations"); strict by RFC 7643 section 2.4',
  },
  'secret-dropped': {
    topic: 'values',
    label: 'Password dropped',
    description: 'Accepts a pushed password and forgets it at once: it is neither stored nor logged.',
    whenOff: 'Not to be switched off.',
    source: 'Okta sends one with every new user (Okta, "SCIM 2.0 reference"); RFC 7643 section 4.1.1',
    fixed: 'Rollcall never keeps a password, and refusing one would stop Okta from creating anybody.',
  },
  'missing-schemas': {
    topic: 'names',
    label: 'No schemas',
    description: 'Takes a resource or a PATCH that doesn’t say which schemas it follows.',
    whenOff: 'A body without schemas is refused with 400 invalidSyntax.',
    source: 'goauthentik/authentik #7460; strict by RFC 7643 section 3',
  },
  'legacy-schema': {
    topic: 'names',
    label: 'Old or misspelt schema',
    description:
      'Understands the schema names of SCIM 1.1 and of drafts, known misspellings, and a dot behind a name.',
    whenOff: 'An old or misspelt schema name is refused with 400 invalidSyntax, in a path invalidPath.',
    source: `OneLogin (goauthentik/authentik #11249); Entra ID (${ENTRA_COMPATIBILITY})`,
  },
  'nested-core': {
    topic: 'names',
    label: 'Core attributes nested',
    description: 'Understands core attributes that are nested under the name of the core schema.',
    whenOff: 'Core attributes nested under their schema are refused with 400 invalidSyntax.',
    source: 'limosa-io/scimverify, limosa-io/laravel-scim-server #23; strict by RFC 7643 section 3.3',
  },
  'unqualified-extension': {
    topic: 'names',
    label: 'Extension without its name',
    description: 'Understands an extension attribute, such as manager, without the name of its schema.',
    whenOff:
      'An extension attribute without its schema is refused: 400 invalidSyntax, in paths invalidPath, in filters invalidFilter.',
    source: `Entra ID for manager and department (${ENTRA_TUTORIAL})`,
  },
  alias: {
    topic: 'names',
    label: 'Other name',
    description: 'Understands email for emails, and displayName for the display of a member.',
    whenOff: 'Such a name is refused like any unknown one: 400 invalidSyntax, in filters invalidFilter.',
    source: 'PingOne filters (Ping Identity, "SCIM filter expressions"); Microsoft SCIM Postman collection',
  },
  'qualified-key': {
    topic: 'patch',
    label: 'Path as a key',
    description: 'Reads name.givenName, or an attribute behind its schema’s name, as a key of an object.',
    whenOff: 'A dotted or qualified key is refused with 400 invalidSyntax.',
    source: `Entra ID with aadOptscim062020 (${ENTRA_COMPATIBILITY})`,
  },
  'capitalized-op': {
    topic: 'patch',
    label: 'Capitalized operation',
    description: 'Understands Add, Replace and Remove, in any case.',
    whenOff: 'An op that isn’t add, replace or remove in lower case is refused with 400 invalidSyntax.',
    source: `Entra ID without aadOptscim062020 (${ENTRA_COMPATIBILITY}); strict by RFC 7644 section 3.5.2`,
  },
  'read-only-key': {
    topic: 'patch',
    label: 'Read-only values sent along',
    description: 'Ignores id, meta and other read-only attributes in the value of a PATCH without a path.',
    whenOff: 'A read-only attribute in a PATCH is refused with 400 mutability.',
    source:
      'Okta renames groups with their id (Okta, "SCIM 2.0 reference"); authentik (scim/clients/groups.py)',
  },
  'listed-removal': {
    topic: 'patch',
    label: 'Removal by list',
    description: 'Removes only the listed values when a remove names a whole attribute and lists values.',
    whenOff: 'A remove with a list of values is refused with 400 invalidValue; nothing is removed.',
    source: `Entra ID without aadOptscim062020 (${ENTRA_COMPATIBILITY}); authentik; JumpCloud`,
  },
  'create-on-unmatched-add': {
    topic: 'patch',
    label: 'Add creates what is missing',
    description: 'Creates the value that the filter of an add describes when there is none yet.',
    whenOff: 'An add whose filter matches nothing is refused with 400 noTarget.',
    source: `Entra ID and the Microsoft SCIM Validator (${ENTRA_TUTORIAL}); strict by RFC 7644 table 9`,
  },
  'create-on-unmatched-replace': {
    topic: 'patch',
    label: 'Replace creates what is missing',
    description: 'Creates the value that the filter of a replace describes when there is none yet.',
    whenOff: 'A replace whose filter matches nothing is refused with 400 noTarget.',
    source: 'Entra ID (sourcegraph #49200, scim-for-keycloak #73); strict by RFC 7644 section 3.5.2.3',
  },
  'loose-quotes': {
    topic: 'filters',
    label: 'Loose quotes in filters',
    description: 'Understands filter values in single quotes or without any.',
    whenOff: 'Filter text that isn’t in double quotes is refused with 400 invalidFilter.',
    source: `Entra ID (${ENTRA_TUTORIAL}, externalId eq jyoung); strict by RFC 7644 section 3.4.2.2`,
  },
  'value-path-suffix': {
    topic: 'filters',
    label: 'Comparison behind brackets',
    description: 'Understands filters such as emails[type eq "work"].value eq "…".',
    whenOff: 'A comparison behind […] is refused with 400 invalidFilter.',
    source: 'Entra ID (FusionAuth/fusionauth-issues #2456); strict by RFC 7644 section 3.4.2.2',
  },
  'patch-no-content': {
    topic: 'answers',
    label: 'PATCH without an answer body',
    description: 'Answers a PATCH with 204 and no body, unless the caller asks for attributes.',
    whenOff: 'A PATCH is answered with 200 and the whole resource.',
    source: 'Microsoft SCIM Postman collection; both are RFC 7644 section 3.5.2',
  },
  'bare-token': {
    topic: 'answers',
    label: 'Token without "Bearer"',
    description: 'Accepts a token that is the whole Authorization header, without the word Bearer.',
    whenOff: 'A token without the word Bearer is refused with 401.',
    source: 'Okta header authentication (Okta, "SCIM provisioning integration"); strict by RFC 6750',
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>;

export type Rule = keyof typeof RULES;

export const RULE_NAMES: readonly Rule[] = Object.keys(RULES) as Rule[];

/** A rule's definition, without the table's literal types. */
export function ruleDefinition(rule: Rule): RuleDefinition {
  return RULES[rule];
}
