import { Anchor, Button, Skeleton, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ExplainedGrant } from '../../../../shared/contract/grants.ts';
import { useMemberGrants, useRevoke } from '../../api/queries/grants.ts';
import { QueryState } from '../../components/query-state.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { paths } from '../../paths.ts';
import { ChangeDialog } from '../grants/change-dialog.tsx';
import styles from '../grants/grants.module.css';
import { GiveDialog } from './give-dialog.tsx';
import { TemplateDialog } from './template-dialog.tsx';

/** Every team and role of a member: why, with every origin and what to do about each. */
export function GrantsSection({ memberId, canReceive }: { memberId: string; canReceive: boolean }) {
  const query = useMemberGrants(memberId);
  const [revoking, setRevoking] = useState<ExplainedGrant | null>(null);
  const [isGiving, setGiving] = useState(false);
  const [template, setTemplate] = useState<string | null>(null);
  return (
    <section>
      <Title order={3} mb={4}>
        Teams and roles
      </Title>
      <QueryState
        query={query}
        skeleton={<Skeleton height={120} radius="md" />}
        errorTitle="What this person has could not be loaded"
      >
        {({ grants, permissions, member }) => (
          <>
            <Text size="sm" c="dimmed" mb="xs">
              {permissions.length === 0 ? 'May do nothing now.' : `May now: ${permissions.join(', ')}.`}
            </Text>
            <ul className={styles.list} aria-label="Teams and roles">
              {grants.map((grant) => (
                <li key={grant.id} className={styles.item}>
                  <GrantItem
                    grant={grant}
                    onRevoke={() => setRevoking(grant)}
                    onTemplate={canReceive ? () => setTemplate(grant.target.id) : undefined}
                  />
                </li>
              ))}
            </ul>
            {canReceive && (
              <Button size="xs" variant="default" mt="sm" onClick={() => setGiving(true)}>
                Give a team or role…
              </Button>
            )}
            {isGiving && (
              <GiveDialog memberId={memberId} name={member.displayName} onClose={() => setGiving(false)} />
            )}
            {template !== null && (
              <TemplateDialog
                memberId={memberId}
                name={member.displayName}
                current={template}
                onClose={() => setTemplate(null)}
              />
            )}
            {revoking && (
              <RevokeDialog
                memberId={memberId}
                name={member.displayName}
                grant={revoking}
                onClose={() => setRevoking(null)}
              />
            )}
          </>
        )}
      </QueryState>
    </section>
  );
}

function GrantItem({
  grant,
  onRevoke,
  onTemplate,
}: {
  grant: ExplainedGrant;
  onRevoke: () => void;
  /** Undefined for somebody who left. */
  onTemplate: (() => void) | undefined;
}) {
  const { target, effective, why, origins, byHand } = grant;
  const to = target.kind === 'team' ? paths.team(target.id) : paths.roles(target.id);
  return (
    <>
      <div className={styles.head}>
        <Anchor component={Link} to={to} size="sm" fw={600}>
          {target.kind === 'team' ? 'Team' : 'Role'} {target.name}
        </Anchor>
        <ToneBadge tone={effective ? 'good' : 'idle'}>{effective ? 'Counts now' : 'Doesn’t count'}</ToneBadge>
      </div>
      <details>
        <summary>
          <Text span size="sm">
            Why?
          </Text>
        </summary>
        <Text size="sm" mt={4}>
          {why}
        </Text>
        {origins.map((origin) => (
          <div key={`${origin.origin}/${origin.id ?? ''}`}>
            {origins.length > 1 ? (
              <Text size="sm" mt={6}>
                {origin.sentence} {origin.whyNot}
              </Text>
            ) : (
              // The only reason is in the sentence above already, unless that says why it doesn't count.
              !effective && (
                <Text size="sm" mt={6}>
                  {origin.sentence}
                </Text>
              )
            )}
            {origin.awaitingApproval && (
              <Anchor component={Link} to={paths.review()} size="sm">
                Decide in Review
              </Anchor>
            )}
            <ul className={styles.levers}>
              {origin.levers.map(({ sentence }) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        ))}
        {byHand && (
          <Button
            size="compact-xs"
            variant="default"
            c="red"
            mt={8}
            aria-label={`Revoke ${target.name}`}
            onClick={onRevoke}
          >
            Revoke…
          </Button>
        )}
        {onTemplate && origins.some(({ origin }) => origin === 'template') && (
          <Button size="compact-xs" variant="default" mt={8} onClick={onTemplate}>
            Another template…
          </Button>
        )}
      </details>
    </>
  );
}

function RevokeDialog({
  memberId,
  name,
  grant,
  onClose,
}: {
  memberId: string;
  name: string;
  grant: ExplainedGrant;
  onClose: () => void;
}) {
  const revoke = useRevoke();
  const { kind, id } = grant.target;
  const input = { memberId, target: { kind, id } };
  return (
    <ChangeDialog
      title={`Take ${grant.target.name} back from ${name}?`}
      confirmLabel="Revoke"
      danger
      change={{ kind: 'grant.revoke', ...input }}
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(input, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
