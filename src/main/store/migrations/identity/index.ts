import type { Migration } from '../../migrate.ts';
import { twoPlanes } from './0001-two-planes.ts';
import { extensionSchemas } from './0002-extension-schemas.ts';
import { tokenProfile } from './0003-token-profile.ts';
import { answers } from './0004-answers.ts';
import { accessPlane } from './0005-access-plane.ts';

/** The schema of `identity.db`, oldest step first. */
export const identityMigrations: readonly Migration[] = [
  twoPlanes,
  extensionSchemas,
  tokenProfile,
  answers,
  accessPlane,
];
