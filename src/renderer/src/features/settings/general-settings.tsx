import { Skeleton, Stack } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { Preferences } from '../../../../shared/contract/console.ts';
import { usePrefer, usePreferences } from '../../api/queries/preferences.ts';
import type { Choice } from '../../components/choice-cards.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';

const SCHEMES: readonly Choice<Preferences['colorScheme']>[] = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'Like the system', icon: IconDeviceDesktop },
];

const ON_CLOSE: readonly Choice<Preferences['onClose']>[] = [
  {
    value: 'keep-serving',
    label: 'Keep serving',
    consequence: 'The window goes away, Rollcall stays in the tray, and your IdP is answered at any hour.',
  },
  {
    value: 'quit',
    label: 'Quit',
    consequence: 'The endpoint stops with the window. Your IdP sees errors until Rollcall runs again.',
  },
  { value: 'ask', label: 'Ask me', consequence: 'The next time the window is closed, Rollcall asks.' },
];

/** What the person prefers on this machine. */
export function GeneralSettings() {
  const preferences = usePreferences();
  const prefer = usePrefer();

  return (
    <QueryState
      query={preferences}
      skeleton={<Skeleton height={260} radius="lg" />}
      errorTitle="The preferences could not be loaded"
    >
      {({ colorScheme, onClose }) => (
        <Stack gap="md">
          <Panel title="Appearance">
            <ChoiceCards
              legend="Colours"
              choices={SCHEMES}
              value={colorScheme}
              onChange={(value) => prefer.mutate({ colorScheme: value })}
              columns="fit"
            />
          </Panel>
          <Panel title="Window">
            <ChoiceCards
              legend="When the window is closed"
              choices={ON_CLOSE}
              value={onClose}
              onChange={(value) => prefer.mutate({ onClose: value })}
            />
          </Panel>
          <ErrorCallout error={prefer.error} title="The preference was not stored" />
        </Stack>
      )}
    </QueryState>
  );
}
