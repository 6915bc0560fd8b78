import { z } from 'zod';
import { call } from './define.ts';

/** D12: `[a-z0-9-]+`; never the name of an endpoint or resource, so that `/scim/v2/Users` stays unambiguous. */
export const organizationId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'Use lower-case letters, digits and hyphens, 63 at most.')
  .refine(
    (id) =>
      ![
        'users',
        'groups',
        'me',
        'bulk',
        'schemas',
        'resourcetypes',
        'resourcetype',
        'serviceproviderconfig',
        'serviceconfiguration',
      ].includes(id),
    'This name is taken by a SCIM endpoint. Choose another.',
  );

export const organization = z.object({ id: z.string(), name: z.string(), createdAt: z.string() });
export type Organization = z.infer<typeof organization>;

/** Where the IdP is, seen from this machine: the first question of the wizard. */
export const idpLocation = z.enum(['this-machine', 'reachable-url', 'behind-firewall', 'trying-out']);
export type IdpLocation = z.infer<typeof idpLocation>;

export const organizationCalls = {
  'organization.create': call(
    z.strictObject({ id: organizationId, name: z.string().trim().min(1).max(120) }),
    organization,
    'edit',
  ),
  'organization.locate': call(
    z.strictObject({
      location: idpLocation,
      /** The URL under which the IdP reaches this endpoint, scheme to port, without a path; null = the bound address. */
      publicUrl: z.url({ protocol: /^https?$/ }).nullable(),
    }),
    z.object({ endpoint: z.string() }),
    'edit',
  ),
};
