import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { openRawRows, type RawReply } from './rows.ts';
import { announce, BASE, ceilingFile, PUBLIC_BASE } from './serve.ts';

// Ceiling A: Express 5 and better-sqlite3, and nothing else: no authentication, no schema, no log.
const rows = openRawRows(ceilingFile(), PUBLIC_BASE);
const app = express();
app.set('etag', false);
app.set('x-powered-by', false);
app.set('query parser', false);
app.use(express.json({ type: 'application/scim+json' }));

const query = (request: Request) => new URLSearchParams(request.url.split('?')[1]);
const send = (response: Response, { status, text }: RawReply) => {
  if (text === undefined) response.status(status).end();
  else response.status(status).type('application/scim+json').send(text);
};
const id = (request: Request) => String(request.params.id);

const scim = express.Router();
scim.get('/Users', (request, response) => send(response, rows.list(query(request))));
scim.get('/Users/:id', (request, response) => send(response, rows.get(id(request))));
scim.post('/Users', async (request, response) => send(response, await rows.create(request.body)));
scim.put('/Users/:id', async (request, response) =>
  send(response, await rows.replace(id(request), request.body)),
);
scim.patch('/Users/:id', async (request, response) =>
  send(response, await rows.patch(id(request), request.body)),
);
scim.get('/Groups', (request, response) => send(response, rows.listGroups(query(request))));
scim.get('/Groups/:id', (request, response) => send(response, rows.getGroup(id(request))));
scim.post('/Groups', async (request, response) => send(response, await rows.createGroup(request.body)));
scim.patch('/Groups/:id', async (request, response) =>
  send(response, await rows.patchGroup(id(request), request.body)),
);
app.use(BASE, scim);

const server = app.listen(0, '127.0.0.1', () =>
  announce((server.address() as AddressInfo).port, () => rows.close()),
);
