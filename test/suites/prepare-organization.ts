import type { TestProject } from 'vitest/node';
import { removeDataDirectory } from '../support/data-directory.ts';
import { type PreparedOrganization, prepareOrganization } from './suite-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What every suite gets a copy of. */
    organization: PreparedOrganization;
  }
}

/** Runs once before all files of this project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const organization = await prepareOrganization();
  project.provide('organization', organization);
  return () => removeDataDirectory(organization.dataDirectory);
}
