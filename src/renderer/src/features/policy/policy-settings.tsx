import { Button, Group, NumberInput, Skeleton, Stack, Switch, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import { Link, useBlocker } from 'react-router';
import type { Overview } from '../../../../shared/contract/overview.ts';
import type { Policy } from '../../../../shared/contract/policy.ts';
import { useRefusal } from '../../api/queries/operators.ts';
import { useOverview } from '../../api/queries/overview.ts';
import { usePolicy, useSetPolicy } from '../../api/queries/policy.ts';
import { Callout } from '../../components/callout.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { count, counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { JobNote } from '../jobs/job-note.tsx';
import { ApplyDialog } from '../observe/apply-dialog.tsx';
import { ACTIVATION, APPLY, deprovisionChoices, OPERATIONS } from './choices.ts';
import { draftOf, type PolicyDraft, readDraft } from './policy-draft.ts';
import styles from './policy-settings.module.css';

/** Every choice that decides about people, with what it does and what it does to how many right now. */
export function PolicySettings() {
  const policy = usePolicy();
  const overview = useOverview();
  return (
    <QueryState
      query={policy}
      skeleton={
        <Stack gap="md">
          <Skeleton height={190} radius="lg" />
          <Skeleton height={420} radius="lg" />
        </Stack>
      }
      errorTitle="The policy could not be loaded"
    >
      {(stored) => (
        <QueryState
          query={overview}
          skeleton={<Skeleton height={420} radius="lg" />}
          errorTitle="What the policy does now could not be loaded"
        >
          {(facts) => <PolicyForm stored={stored} overview={facts} />}
        </QueryState>
      )}
    </QueryState>
  );
}

function PolicyForm({ stored, overview }: { stored: Policy; overview: Overview }) {
  const [draft, setDraft] = useState<PolicyDraft>(() => draftOf(stored));
  const [goLive, setGoLive] = useState<true | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const setPolicy = useSetPolicy();
  const refusal = useRefusal();
  const { counts, guard, observe } = overview;
  const { changes, errors } = readDraft(stored, draft);
  const changed = Object.keys(changes).length + Object.keys(errors).length;
  const set = (part: Partial<PolicyDraft>) => setDraft((previous) => ({ ...previous, ...part }));
  const blocker = useBlocker(changed > 0 && !setPolicy.isPending);

  async function save(): Promise<void> {
    if (Object.keys(errors).length > 0 || refusal !== null) return;
    // Going live applies first what was observed; that is asked for by itself.
    const waits = observe.users + observe.groups > 0;
    const { apply, ...others } = changes;
    const now = apply === 'live' && waits ? others : changes;
    try {
      if (Object.keys(now).length > 0) {
        setDraft({ ...draftOf(await setPolicy.mutateAsync(now)), apply: draft.apply });
        notifications.show({
          title: 'Policy saved',
          message: `${counted(Object.keys(now).length, 'change')}, in force from the next request on.`,
        });
      }
      if (apply === 'live' && waits) setGoLive(true);
    } catch {
      // The mutation keeps its error, and it is shown below.
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="md">
        {jobId !== null && <JobNote id={jobId} />}

        <Panel title="When a push takes effect">
          <ChoiceCards
            legend="A push takes effect"
            choices={APPLY}
            value={draft.apply}
            onChange={(apply) => set({ apply })}
          />
          <Effect>
            {stored.apply === 'live'
              ? 'Pushes take effect at once now.'
              : `Now ${counted(observe.users, 'person', 'people')} and ${counted(observe.groups, 'group')} wait to be applied. `}
            {stored.apply === 'observe' && <Link to={paths.observe}>Look at them</Link>}
          </Effect>
        </Panel>

        <Panel title="New people">
          <Stack gap="md">
            <ChoiceCards
              legend="Whoever the IdP creates"
              choices={ACTIVATION}
              value={draft.activation}
              onChange={(activation) => set({ activation })}
            />
            <TextInput
              label="Trusted e-mail domains"
              description={
                draft.activation === 'review'
                  ? 'Everybody new waits for review now, whatever the domain. It counts once new people are activated at once.'
                  : draft['review.domains'].trim() === ''
                    ? 'Without any, every domain is trusted. With some, people of other domains wait for review.'
                    : 'People of other domains, and people without an e-mail, wait for review.'
              }
              placeholder="example.com, example.org"
              value={draft['review.domains']}
              onChange={(event) => set({ 'review.domains': event.currentTarget.value })}
              error={errors['review.domains']}
              maw={440}
            />
            <TextInput
              label="Default role"
              description="Every new member gets it. Those who are here keep theirs; a push can never make an owner."
              value={draft['role.default']}
              onChange={(event) => set({ 'role.default': event.currentTarget.value })}
              error={errors['role.default']}
              maxLength={60}
              maw={340}
            />
          </Stack>
          <Effect>
            <Link to={paths.members({ state: 'pending' })}>
              {counted(counts.pending, 'person waits', 'people wait')} for review now.
            </Link>
          </Effect>
        </Panel>

        <Panel title="What the IdP may do">
          <Stack gap="sm">
            {OPERATIONS.map(({ key, label, on, off }) => (
              <Switch
                key={key}
                label={label}
                description={draft[key] ? on : off}
                checked={draft[key]}
                onChange={(event) => set({ [key]: event.currentTarget.checked })}
              />
            ))}
            {(!draft['operations.deactivateUsers'] || !draft['operations.deleteUsers']) && (
              <Callout tone="warning" title="Leavers keep access">
                With this switched off, somebody who leaves can go on signing in until an operator suspends
                them.
              </Callout>
            )}
          </Stack>
        </Panel>

        <Panel title="People who leave">
          <Stack gap="md">
            <Text size="sm">Access ends at once in each case, sessions included. The rest is up to you:</Text>
            <ChoiceCards
              legend="When the IdP sets somebody to inactive"
              choices={deprovisionChoices(draft['deprovision.afterDays'])}
              value={draft['deprovision.onInactive']}
              onChange={(mode) => set({ 'deprovision.onInactive': mode })}
            />
            <ChoiceCards
              legend="When the IdP deletes somebody"
              choices={deprovisionChoices(draft['deprovision.afterDays'])}
              value={draft['deprovision.onDelete']}
              onChange={(mode) => set({ 'deprovision.onDelete': mode })}
            />
            <NumberInput
              label="Days of suspension before deactivation"
              description="For “Suspend, then deactivate”."
              value={draft['deprovision.afterDays']}
              onChange={(days) => set({ 'deprovision.afterDays': days })}
              error={errors['deprovision.afterDays']}
              maw={340}
            />
            <NumberInput
              label="Days from deactivation to deletion"
              description="Until then somebody can be recalled. Afterwards only dates and a digest of the externalId are left; the employee record stays."
              value={draft['retention.days']}
              onChange={(days) => set({ 'retention.days': days })}
              error={errors['retention.days']}
              maw={340}
            />
          </Stack>
          <Effect>
            {counted(counts.suspended, 'person is', 'people are')} suspended and {count(counts.deactivated)}{' '}
            deactivated now. A change holds for those who leave from now on; these keep the dates they have.
          </Effect>
        </Panel>

        <Panel title="Mass-deprovision guard">
          <Stack gap="md">
            <Text size="sm">
              When many people are cut off at once, their access ends, and records, roles and deletion wait
              for your decision. It trips at whichever comes first, never below five people.
            </Text>
            <Group align="start" gap="md">
              <NumberInput
                label="Percent of active people"
                value={draft['guard.percent']}
                onChange={(percent) => set({ 'guard.percent': percent })}
                error={errors['guard.percent']}
                suffix=" %"
                w={190}
              />
              <NumberInput
                label="People"
                value={draft['guard.count']}
                onChange={(people) => set({ 'guard.count': people })}
                error={errors['guard.count']}
                w={190}
              />
              <NumberInput
                label="Within minutes"
                value={draft['guard.window']}
                onChange={(minutes) => set({ 'guard.window': minutes })}
                error={errors['guard.window']}
                w={190}
              />
            </Group>
            <Switch
              label="Stop the line while it is tripped"
              description={
                draft['guard.stopTheLine']
                  ? 'Every write of the IdP is answered 503 until you decide. It tries again later; people who leave meanwhile keep access that long.'
                  : 'The IdP goes on writing while you decide.'
              }
              checked={draft['guard.stopTheLine']}
              onChange={(event) => set({ 'guard.stopTheLine': event.currentTarget.checked })}
            />
          </Stack>
          <Effect>
            {guard.tripped ? (
              <Link to={paths.guard}>
                It has tripped: {counted(guard.held, 'person waits', 'people wait')} for your decision.
              </Link>
            ) : (
              `As it is saved, it trips at ${counted(guard.threshold, 'person', 'people')} of ${count(guard.of)}. ${count(guard.cuts)} were cut off lately.`
            )}
          </Effect>
        </Panel>

        <ErrorCallout error={setPolicy.error} title="The policy was not saved" />
        {changed > 0 && (
          <div className={styles.bar}>
            <Text size="sm" role="status">
              {counted(changed, 'change')} not saved
              {Object.keys(errors).length > 0 && `, ${count(Object.keys(errors).length)} to correct`}
              {refusal !== null && `. ${refusal}`}
            </Text>
            <Button variant="default" onClick={() => setDraft(draftOf(stored))}>
              Discard
            </Button>
            <Button
              type="submit"
              loading={setPolicy.isPending}
              disabled={Object.keys(errors).length > 0 || refusal !== null}
            >
              Save
            </Button>
          </div>
        )}
      </Stack>
      <ApplyDialog
        goLive={goLive}
        status={observe}
        onClose={() => setGoLive(null)}
        onStarted={({ id }) => setJobId(id)}
      />
      <ConfirmDialog
        leaving
        opened={blocker.state === 'blocked'}
        title="Leave without saving?"
        confirmLabel="Leave"
        danger
        pending={false}
        error={null}
        onConfirm={() => blocker.proceed?.()}
        onClose={() => blocker.reset?.()}
      >
        <Text size="sm">{counted(changed, 'change')} of the policy would be lost.</Text>
      </ConfirmDialog>
    </form>
  );
}

/** What a choice does to people here and now. */
function Effect({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" mt="md" className={styles.effect}>
      {children}
    </Text>
  );
}
