import { Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ActivityDetail } from '../../../../shared/contract/activity.ts';
import { useRequest } from '../../api/queries/activity.ts';
import { Callout } from '../../components/callout.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Facts } from '../../components/facts.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { StatusCode } from '../../components/status-code.tsx';
import { prettyBody } from '../../format/json.ts';
import { explainRequest } from '../../format/request.ts';
import { absoluteTime, duration } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import { FiredRules } from './fired-rules.tsx';
import styles from './request-drawer.module.css';

/** One request: why it was answered as it was, step by step, with its bodies as far as they may be shown. */
export function RequestDrawer({ seq, onClose }: { seq: number | null; onClose: () => void }) {
  return (
    <DetailDrawer opened={seq !== null} title="Request" onClose={onClose}>
      {seq !== null && <RequestLoader seq={seq} />}
    </DetailDrawer>
  );
}

function RequestLoader({ seq }: { seq: number }) {
  const query = useRequest(seq);
  return (
    <QueryState
      query={query}
      skeleton={<Skeleton height={320} radius="md" />}
      errorTitle="This request could not be loaded"
    >
      {(detail) => <RequestDetail detail={detail} />}
    </QueryState>
  );
}

function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <div className={styles.sectionHeader}>
        <Title order={3}>{title}</Title>
        {actions}
      </div>
      {children}
    </section>
  );
}

function RequestDetail({ detail }: { detail: ActivityDetail }) {
  const refused = detail.status >= 400 || detail.status === 0;
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} className={styles.request}>
          <strong>{detail.method}</strong> {detail.path}
          {detail.query && <span className={styles.query}>?{detail.query}</span>}
        </Title>
        <StatusCode status={detail.status} />
      </div>

      {refused ? (
        <Callout tone="bad" title={detail.status === 0 ? 'Why it was not finished' : 'Why it was refused'}>
          {explainRequest(detail)}
        </Callout>
      ) : (
        <Text size="sm">{explainRequest(detail)}</Text>
      )}

      {detail.steps.length > 0 && (
        <Section title="What was decided">
          <ol className={styles.steps}>
            {detail.steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an ordered record that never changes
              <li key={index}>{step}</li>
            ))}
          </ol>
        </Section>
      )}

      {detail.rules.length > 0 && (
        <Section title="Rules it needed">
          <FiredRules names={detail.rules} />
        </Section>
      )}

      <Attributes title="Attributes that changed" names={detail.changed} />
      <Attributes title="Attributes sent and ignored" names={detail.ignored} />

      <Section title="Facts">
        <Facts
          facts={[
            ['Time', absoluteTime(detail.time)],
            ['Took', duration(detail.durationMs)],
            ['IdP', detail.idp ?? 'Unknown'],
            ['Token', detail.tokenName],
            ['From', detail.address],
            ['User agent', detail.userAgent ?? 'None sent'],
            [
              detail.resourceType ?? 'Resource',
              detail.subject && <AboutLink key="about" subject={detail.subject} />,
            ],
            ['Resource id', detail.resourceId && <code key="resource">{detail.resourceId}</code>],
            ['SCIM error type', detail.scimType],
            ['Request id', <code key="request">{detail.requestId}</code>],
          ]}
        />
      </Section>

      <Body title="Request body" name="request body" body={detail.requestBody} />
      <Body title="Response body" name="response body" body={detail.responseBody} />
    </Stack>
  );
}

function AboutLink({ subject }: { subject: string }) {
  return (
    <Link to={paths.activity({ search: subject })} title="Show all requests about this">
      {subject}
    </Link>
  );
}

function Attributes({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={styles.attributes}>
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Body({ title, name, body }: { title: string; name: string; body: string | null }) {
  if (body === null) return null;
  return (
    <Section title={title} actions={<CopyButton compact text={body} label={`Copy ${name}`} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label={title} className={styles.body} tabIndex={0}>
        <pre>{prettyBody(body)}</pre>
      </section>
    </Section>
  );
}
