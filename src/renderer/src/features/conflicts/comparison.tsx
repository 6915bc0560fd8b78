import { IconEqual } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ConflictPerson } from '../../../../shared/contract/conflicts.ts';
import { MemberStateBadge } from '../../components/member-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import styles from './conflicts.module.css';

interface Row {
  label: string;
  /** What is compared; rows without it are only shown. */
  key?: (person: ConflictPerson) => string | null;
  show: (person: ConflictPerson) => ReactNode;
}

const said = (value: string | null) => value ?? 'None';
const folded = (value: string | null) => value?.toLowerCase() ?? null;

const ROWS: readonly Row[] = [
  { label: 'E-mail', key: ({ email }) => folded(email), show: ({ email }) => said(email) },
  { label: 'externalId', key: ({ externalId }) => externalId, show: ({ externalId }) => said(externalId) },
  { label: 'userName', key: ({ userName }) => folded(userName), show: ({ userName }) => userName },
  {
    label: 'State',
    show: ({ state, reason }) => (
      <>
        <MemberStateBadge state={state} />
        <div className={styles.under}>{reason}</div>
      </>
    ),
  },
  { label: 'In this state', show: ({ since }) => <RelativeTime time={since} /> },
  {
    label: 'Came',
    show: ({ createdAt, origin }) => (
      <>
        <RelativeTime time={createdAt} />
        <div className={styles.under}>{ORIGINS[origin]}</div>
      </>
    ),
  },
  { label: 'The IdP says', show: ({ directory }) => DIRECTORY[directory] },
  {
    label: 'Employee no.',
    key: ({ employeeNumber }) => employeeNumber,
    show: ({ employeeNumber }) => said(employeeNumber),
  },
  {
    label: 'Work',
    show: ({ title, department }) => [title, department].filter(Boolean).join(', ') || 'None',
  },
  { label: 'Roles', show: ({ roles }) => roles.join(', ') || 'None' },
  { label: 'Teams', show: ({ teams }) => teams.join(', ') || 'None' },
  {
    label: 'Given by hand',
    show: ({ manualGrants }) => (manualGrants === 0 ? 'Nothing' : counted(manualGrants, 'grant')),
  },
];

const ORIGINS: Record<ConflictPerson['origin'], string> = {
  scim: 'from the IdP, over SCIM',
  manual: 'added by hand',
  sso: 'at the first sign-in',
};
const DIRECTORY: Record<ConflictPerson['directory'], string> = {
  active: 'Active',
  inactive: 'Inactive',
  none: 'No user (any more)',
};

/** Both people side by side; what is the same is marked, not by colour alone. */
export function Comparison({
  newcomer,
  other,
}: {
  newcomer: ConflictPerson | null;
  other: ConflictPerson | null;
}) {
  return (
    <table className={styles.comparison} aria-label="Both people">
      <colgroup>
        <col />
        <col />
        <col />
      </colgroup>
      <thead>
        <tr>
          <td />
          <Who person={newcomer} what="Newcomer" />
          <Who person={other} what="Was here before" />
        </tr>
      </thead>
      <tbody>
        {ROWS.map(({ label, key, show }) => {
          const value = newcomer && key?.(newcomer);
          const isSame = value !== null && value !== undefined && other !== null && key?.(other) === value;
          return (
            <tr key={label} className={isSame ? styles.same : undefined}>
              <th scope="row">
                {label}
                {isSame && (
                  <span className={styles.mark}>
                    <IconEqual size={13} aria-hidden /> same
                  </span>
                )}
              </th>
              <td>{newcomer ? show(newcomer) : '–'}</td>
              <td>{other ? show(other) : '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Who({ person, what }: { person: ConflictPerson | null; what: string }) {
  return (
    <th scope="col">
      {person ? (
        <Link to={paths.members({ member: person.id })}>{person.displayName || person.userName}</Link>
      ) : (
        'No member any more'
      )}
      <div className={styles.under}>{what}</div>
    </th>
  );
}
