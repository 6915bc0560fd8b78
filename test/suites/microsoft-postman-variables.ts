import { expect } from 'vitest';
import type { SuiteClient } from './suite-server.ts';

type Endpoint = '/Users' | '/Groups';

/** The collection's variables, which are the ids that it remembers, with its requests that set and use them. */
export function collectionVariables(client: SuiteClient) {
  const ids = new Map<string, string>();
  const id = (name: string): string => ids.get(name) ?? `nothing is called ${name}`;
  return {
    id,
    async create(name: string, endpoint: Endpoint, body: object) {
      const answer = await client.post(endpoint, body);
      expect(answer.status).toBe(201);
      ids.set(name, answer.body.id);
      return answer.body;
    },
    async remove(name: string, endpoint: Endpoint): Promise<void> {
      expect((await client.delete(`${endpoint}/${id(name)}`)).status).toBe(204);
    },
  };
}
