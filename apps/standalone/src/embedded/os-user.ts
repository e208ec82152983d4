import { spawnSync } from 'node:child_process';

/** The user that a server runs as; empty when it is ours. PostgreSQL refuses to run as root. */
export interface OsUser {
  uid?: number;
  gid?: number;
}

/** As root: `postgres` where it exists, else `nobody`; no user is ever created. */
export function serverUser(): OsUser {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout));
    if (uid && gid) return { uid, gid };
  }
  throw new Error('running as root needs an OS user postgres or nobody');
}

/** Whether that user can read (and enter or run) a path. */
export function canUse(user: OsUser, path: string): boolean {
  if (user.uid === undefined) return true;
  return spawnSync('test', ['-x', path], { ...user, cwd: '/' }).status === 0;
}
