import { useChange } from './change.ts';

/** Creates the one organization of this install. */
export function useCreateOrganization() {
  return useChange('organization.create', ['organization']);
}

/** Stores where the IdP is and under which URL it reaches this computer. */
export function useLocateIdp() {
  return useChange('organization.locate', ['organization', 'listener']);
}
