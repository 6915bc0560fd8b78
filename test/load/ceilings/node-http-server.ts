import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openRawRows, type RawReply } from './rows.ts';
import { announce, BASE, ceilingFile, PUBLIC_BASE } from './serve.ts';

// Ceiling B: what A does, on node:http alone.
const rows = openRawRows(ceilingFile(), PUBLIC_BASE);

async function answer(request: IncomingMessage): Promise<RawReply> {
  const [path = '', search = ''] = (request.url ?? '').slice(BASE.length).split('?');
  const [, type, id] = path.split('/');
  const query = () => new URLSearchParams(search);
  switch (`${request.method} ${type}${id === undefined ? '' : '/'}`) {
    case 'GET Users/':
      return rows.get(id ?? '');
    case 'GET Users':
      return rows.list(query());
    case 'POST Users':
      return rows.create(await bodyOf(request));
    case 'PUT Users/':
      return rows.replace(id ?? '', await bodyOf(request));
    case 'PATCH Users/':
      return rows.patch(id ?? '', await bodyOf(request));
    case 'GET Groups/':
      return rows.getGroup(id ?? '');
    case 'GET Groups':
      return rows.listGroups(query());
    case 'POST Groups':
      return rows.createGroup(await bodyOf(request));
    case 'PATCH Groups/':
      return rows.patchGroup(id ?? '', await bodyOf(request));
    default:
      return { status: 404, text: '{}' };
  }
}

function bodyOf(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    request.on('error', reject);
  });
}

const server = createServer(async (request, response) => {
  const { status, text } = await answer(request);
  if (text === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, {
    'Content-Type': 'application/scim+json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
});
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port, () => rows.close()));
