import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf, readImports } from './imports.ts';

const SRC = resolve('src');

/** What a room may import, by prefix; `types:` allows type imports only. The first matching room counts. */
const ROOMS: readonly { room: string; may: readonly string[] }[] = [
  { room: 'shared/', may: ['shared/', 'zod'] },
  { room: 'main/scim/', may: ['main/scim/'] },
  { room: 'main/access/plan/', may: ['main/access/plan/', 'main/scim/', 'types:shared/'] },
  {
    room: 'main/access/',
    may: ['main/access/', 'main/scim/', 'shared/', 'types:main/audit/', 'types:main/jobs/', 'uuid'],
  },
  {
    room: 'main/directory/',
    may: [
      'main/directory/',
      'main/scim/',
      'shared/',
      'types:main/access/',
      'types:main/audit/',
      'node:crypto',
      'uuid',
    ],
  },
  // Implements the ports of every capability, so it knows their types, and of code only SCIM and the migrations.
  {
    room: 'main/store/',
    may: ['main/store/', 'main/scim/', 'shared/', 'types:main/', 'node:', 'better-sqlite3'],
  },
  { room: 'main/rpc/', may: ['main/rpc/', 'shared/', 'types:zod'] },
  { room: 'main/tokens/', may: ['main/tokens/', 'shared/', 'types:main/', 'node:'] },
  { room: 'main/secrets/', may: ['main/secrets/', 'shared/', 'node:', 'keytar'] },
  { room: 'main/audit/', may: [] },
  { room: 'main/policy/', may: ['main/policy/', 'shared/', 'types:main/audit/'] },
  { room: 'main/employees/', may: ['main/employees/', 'shared/', 'types:main/audit/'] },
  { room: 'main/schemas/', may: ['main/schemas/', 'main/scim/', 'shared/', 'types:main/audit/'] },
  { room: 'main/profiles/', may: ['main/profiles/', 'main/scim/', 'shared/', 'types:main/'] },
  {
    room: 'main/operators/',
    may: ['main/operators/', 'shared/', 'types:main/', 'node:async_hooks', 'uuid'],
  },
  { room: 'main/organization/', may: ['main/organization/', 'shared/', 'types:main/audit/'] },
  {
    room: 'main/sso/',
    may: ['main/sso/', 'shared/', 'types:main/', 'node:', '@xmldom/xmldom', 'openid-client', 'selfsigned'],
  },
  {
    room: 'main/activity/',
    may: ['main/activity/', 'main/scim/', 'main/tokens/', 'shared/', 'node:worker_threads'],
  },
  {
    room: 'main/http/',
    may: [
      'main/http/',
      'main/directory/',
      'main/activity/',
      'main/tokens/',
      'main/scim/',
      'shared/',
      'node:',
      'express',
    ],
  },
  { room: 'main/jobs/', may: ['main/jobs/', 'shared/', 'types:main/', 'node:', 'uuid'] },
  { room: 'main/mail/', may: ['main/mail/', 'shared/', 'types:main/', 'node:', 'nodemailer', 'uuid'] },
  {
    room: 'main/mapping/',
    may: ['main/mapping/', 'main/access/plan/', 'main/scim/', 'shared/', 'types:main/', 'node:'],
  },
  { room: 'main/overview/', may: ['main/overview/', 'shared/', 'types:main/'] },
  { room: 'main/cli/', may: ['main/', 'shared/', 'node:', 'commander', 'types:zod'] },
  {
    room: 'main/app/',
    may: ['main/app/', 'main/rpc/', 'shared/', 'types:main/worker.ts', 'node:', 'electron'],
  },
  { room: 'main/index.ts', may: ['main/app/', 'main/data-directory.ts', 'shared/', 'node:', 'electron'] },
  { room: 'main/', may: ['main/', 'shared/', 'node:', 'commander', 'package.json', '../package.json'] },
  { room: 'preload/', may: ['types:shared/contract/', 'electron'] },
  {
    room: 'renderer/',
    may: [
      'renderer/',
      'shared/',
      'types:preload/',
      'zod',
      'react',
      'react-dom',
      'react-router',
      'zustand',
      '@mantine/',
      '@tanstack/',
      '@tabler/',
    ],
  },
];

function violations(imports: readonly Import[]): string[] {
  return imports.filter((one) => !isAllowed(one)).map(({ file, target }) => `${file} → ${target}`);
}

function isAllowed({ file, target, typeOnly }: Import): boolean {
  const home = ROOMS.find(({ room }) => file.startsWith(room));
  if (!home) return false;
  return home.may.some((entry) => {
    const allowed = entry.replace(/^types:/, '');
    if (entry.startsWith('types:') && !typeOnly) return false;
    return (
      target === allowed ||
      target.startsWith(allowed.endsWith('/') || allowed.endsWith(':') ? allowed : `${allowed}/`)
    );
  });
}

describe('the direction of imports', () => {
  const imports = readImports(SRC);

  test('is kept by every file', () => {
    // A reader that sees nothing would find nothing wrong.
    expect(new Set(imports.map(({ file }) => file)).size).toBeGreaterThan(100);
    expect(violations(imports)).toEqual([]);
  });

  test.each([
    ['main/scim/error.ts', "import { readFileSync } from 'node:fs';"],
    ['main/scim/patch/apply.ts', "import { openDatabase } from '../../store/database.ts';"],
    ['main/store/tokens.ts', "import { createTokens } from '../tokens/tokens.ts';"],
    ['main/http/app.ts', "import { createTokenStore } from '../store/tokens.ts';"],
    ['main/http/app.ts', "export { app } from 'electron';"],
    ['renderer/src/app.tsx', "import { ipcRenderer } from 'electron';"],
    ['renderer/src/app.tsx', "const late = await import('../../main/compose.ts');"],
    ['shared/app-error.ts', "import 'node:crypto';"],
    ['main/access/plan/plan.ts', "import { AppError } from '../../../shared/app-error.ts';"],
    ['nowhere/new-room.ts', "import { z } from 'zod';"],
  ])('a planted violation in %s is caught: %s', (file, text) => {
    expect(violations(importsOf(SRC, join(SRC, file), text))).toHaveLength(1);
  });
});

describe('who may speak of what', () => {
  const imports = readImports(SRC);

  test('only main/app, the Electron entry and the preload script import electron', () => {
    const files = imports.filter(({ target }) => target === 'electron').map(({ file }) => file);
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !/^(main\/app\/|main\/index\.ts$|preload\/index\.ts$)/.test(file))).toEqual(
      [],
    );
  });

  test('only the store imports better-sqlite3', () => {
    const files = imports.filter(({ target }) => target === 'better-sqlite3').map(({ file }) => file);
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter((file) => !file.startsWith('main/store/'))).toEqual([]);
  });
});
