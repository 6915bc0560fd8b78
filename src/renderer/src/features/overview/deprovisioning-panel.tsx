import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Overview } from '../../../../shared/contract/overview.ts';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { count, counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';

/** How a push takes effect, and how near the guard is to tripping. */
export function DeprovisioningPanel({ guard, observe }: Pick<Overview, 'guard' | 'observe'>) {
  const waiting = observe.users + observe.groups;
  return (
    <Panel
      title="Taking effect"
      actions={
        <Anchor component={Link} to={paths.policy} size="sm">
          Policy
        </Anchor>
      }
    >
      <Facts
        facts={[
          [
            'A push',
            observe.mode === 'live' ? 'Takes effect at once' : 'Is recorded, and waits until you apply it',
          ],
          [
            'Waiting',
            waiting === 0 ? null : (
              <Anchor key="waiting" component={Link} to={paths.observe} size="sm">
                {counted(observe.users, 'person', 'people')}, {counted(observe.groups, 'group')}
              </Anchor>
            ),
          ],
          ['Cut off lately', `${count(guard.cuts)} of ${counted(guard.of, 'person', 'people')}`],
          [
            'Guard',
            guard.tripped ? (
              <Anchor key="guard" component={Link} to={paths.guard} size="sm">
                Tripped; {counted(guard.held, 'person waits', 'people wait')}
              </Anchor>
            ) : (
              `Trips at ${count(guard.threshold)} within ${counted(guard.window, 'minute')}`
            ),
          ],
        ]}
      />
    </Panel>
  );
}
