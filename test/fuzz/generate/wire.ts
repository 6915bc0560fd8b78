import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { word } from './text.ts';

/** Bytes that are no proper request, or that a proxy and a server could read differently. */
export function wireBytes(random: Random, world: World): { bytes: Buffer; complete: boolean } {
  const host = `Host: ${world.host}:${world.port}\r\n`;
  const authorization = `Authorization: Bearer ${world.token}\r\n`;
  const close = 'Connection: close\r\n';
  const users = `${world.base}/Users`;
  const user = JSON.stringify({ userName: `${word(random)}@wire.example` });
  const type = 'Content-Type: application/scim+json\r\n';
  const post = `POST ${users} HTTP/1.1\r\n${host}${authorization}${type}`;
  const get = `GET ${users}?count=1 HTTP/1.1\r\n${host}${authorization}`;
  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

  const [complete, text] = random.weighted<() => readonly [boolean, string | Buffer]>([
    [2, () => [true, `GET ${users} HTTP/1.1\r\n${authorization}${close}\r\n`]],
    [2, () => [true, `GET ${users} HTTP/1.0\r\n${host}${authorization}\r\n`]],
    [1, () => [true, `GET ${users} HTTP/3.7\r\n${host}${close}\r\n`]],
    [1, () => [true, `GET ${users}\r\n\r\n`]],
    [
      1,
      () => [
        true,
        `GET http://${world.host}:${world.port}${users} HTTP/1.1\r\n${host}${authorization}${close}\r\n`,
      ],
    ],
    [1, () => [true, `GET http://evil.example${users} HTTP/1.1\r\n${host}${authorization}${close}\r\n`]],
    [1, () => [true, `GET * HTTP/1.1\r\n${host}${authorization}${close}\r\n`]],
    [1, () => [true, `OPTIONS * HTTP/1.1\r\n${host}${authorization}${close}\r\n`]],
    [1, () => [true, `GET Users HTTP/1.1\r\n${host}${authorization}${close}\r\n`]],
    [1, () => [true, `GET ${users}#fragment HTTP/1.1\r\n${host}${authorization}${close}\r\n`]],
    [1, () => [true, `GET ${users}?filter=a b HTTP/1.1\r\n${host}${authorization}${close}\r\n`]],
    [
      1,
      () => [
        true,
        Buffer.from(
          `GET ${users}/\u00e9\u00ff?x=\u00fc HTTP/1.1\r\n${host}${authorization}${close}\r\n`,
          'latin1',
        ),
      ],
    ],
    [2, () => [true, `${post}${close}Transfer-Encoding: chunked\r\n\r\n${chunk(user)}0\r\n\r\n`]],
    [
      1,
      () => [
        true,
        `${post}${close}Transfer-Encoding: chunked\r\n\r\n${[...user].map(chunk).join('')}0\r\nX-Trailer: 1\r\n\r\n`,
      ],
    ],
    [
      1,
      () => [
        true,
        `${post}${close}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${chunk(user)}0\r\n\r\n`,
      ],
    ],
    [1, () => [true, `${post}${close}Transfer-Encoding: gzip\r\n\r\n${user}`]],
    [1, () => [true, `${post}${close}Transfer-Encoding: identity, chunked\r\n\r\n${chunk(user)}0\r\n\r\n`]],
    [1, () => [true, `${post}${close}Transfer-Encoding: chunked\r\n\r\nzz\r\n${user}\r\n0\r\n\r\n`]],
    [1, () => [true, `${post}${close}Content-Length: ${user.length}\r\nContent-Length: 3\r\n\r\n${user}`]],
    [1, () => [true, `${post}${close}Content-Length: -1\r\n\r\n${user}`]],
    [1, () => [true, `${post}${close}Content-Length: 1e3\r\n\r\n${user}`]],
    [1, () => [true, `${post}${close}Content-Length: 99999999999999999999999\r\n\r\n${user}`]],
    [1, () => [true, `${post}${close}Content-Length: 1073741824\r\n\r\n${user}`]],
    [1, () => [false, `${post}Content-Length: 20000000\r\n\r\n${user}`]],
    [2, () => [false, `${post}Content-Length: ${user.length + 10}\r\n\r\n${user}`]],
    [1, () => [true, `${post}${close}Content-Length: ${user.length - 3}\r\n\r\n${user}`]],
    [1, () => [true, `${post}${close}\r\n`]],
    [1, () => [true, `${post}${close}Expect: 100-continue\r\nContent-Length: ${user.length}\r\n\r\n${user}`]],
    [1, () => [true, `${post}${close}Expect: something\r\nContent-Length: ${user.length}\r\n\r\n${user}`]],
    [2, () => [true, `${get}\r\n${get}\r\n${get}${close}\r\n`]],
    [1, () => [true, `${post}Content-Length: ${user.length}\r\n\r\n${user}${get}${close}\r\n`]],
    [1, () => [true, `${get}${close}X: a\r\n folded\r\n\r\n`]],
    [1, () => [true, `${get}${close}Bad Header: x\r\n\r\n`]],
    [1, () => [true, `${get}${close}: empty\r\n\r\n`]],
    [1, () => [true, `${get}${close}X: \u0000\r\n\r\n`]],
    [1, () => [true, `${get}${close}${host}\r\n`]],
    [
      1,
      () => [
        true,
        `${get}${close}${Array.from({ length: 1_900 }, (_, at) => `X-${at}: y\r\n`).join('')}\r\n`,
      ],
    ],
    [1, () => [true, `${get}${close}X: ${'x'.repeat(random.pick([15_000, 17_000, 70_000]))}\r\n\r\n`]],
    [
      1,
      () => [
        true,
        `GET ${users}?filter=${'x'.repeat(random.pick([7_000, 20_000]))} HTTP/1.1\r\n${host}${authorization}${close}\r\n`,
      ],
    ],
    [1, () => [true, `${get.replaceAll('\r\n', '\n')}${close.replace('\r', '')}\n`]],
    [1, () => [true, `CONNECT ${world.host}:${world.port} HTTP/1.1\r\n${host}${authorization}\r\n`]],
    [
      1,
      () => [
        true,
        `GET ${users} HTTP/1.1\r\n${host}${authorization}Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`,
      ],
    ],
    [1, () => [true, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n']],
    [1, () => [true, Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0x00, 0x00, 0xa1])]],
    [1, () => [true, Buffer.from(random.list(20, 200, () => random.int(256)))]],
    [1, () => [false, get.slice(0, random.int(get.length))]],
    [1, () => [false, '\r\n\r\n\r\n']],
    [1, () => [true, `\r\n\r\n${get}${close}\r\n`]],
    [1, () => [true, `BREW ${users} HTTP/1.1\r\n${host}${authorization}${close}\r\n`]],
  ])();
  return { bytes: Buffer.isBuffer(text) ? text : Buffer.from(text), complete };
}
