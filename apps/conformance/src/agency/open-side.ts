import { loadCounty } from '@birth/application';
import { AgencyKeyBook, interfaceOf, type KeyPair, OwnKeyBook } from '@birth/agencies';
import type { AgencyCode } from '@birth/domain';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CallbackDoor } from '../door/callback-door';
import type { AgencySide } from './agency-side';

interface OwnEntry {
  keyId: string;
  algorithm: string;
}

export interface SideOptions {
  agency: AgencyCode;
  /** Address of its interface; the rest of its configuration is in `env`. */
  url: string;
  env: NodeJS.ProcessEnv;
  patienceMs: number;
  door?: CallbackDoor | null;
  pay?: AgencySide['pay'];
}

const CURVES: Readonly<Record<string, string>> = { 'ecdsa-p256-sha256': 'P-256', sm2: 'SM2' };
const clock = { now: () => Date.now() };

const prefixOf = (agency: AgencyCode): string => agency.toUpperCase().replaceAll('-', '_');

/** Reads PLATFORM_KEYS_FILE and AGENCY_KEYS_FILE where the agency's wire is signed by keys. */
export function openSide({ agency, url, env, patienceMs, door = null, pay }: SideOptions): AgencySide {
  const prefix = prefixOf(agency);
  const own = textOf(env['PLATFORM_KEYS_FILE']);
  const agencies = AgencyKeyBook.parse(textOf(env['AGENCY_KEYS_FILE']));
  const keysOf = (text: string): KeyPair => {
    const book = OwnKeyBook.parse(text);
    return { own: () => book, agencies: () => agencies };
  };
  const given = { ...env, [`${prefix}_URL`]: url };
  const adapter = interfaceOf(agency, { env: given, clock, keys: keysOf(own) });
  const strange = { ...given, [`${prefix}_TOKEN`]: 'a-secret-that-nobody-agreed-on' };
  const isOpen = agency === 'human-resources';
  const stranger = isOpen ? null : interfaceOf(agency, { env: strange, clock, keys: keysOf(strangersKeys(own)) });
  const payment = pay === undefined ? {} : { pay };
  return { adapter, stranger, codes: loadCounty().agencyCodes, patienceMs, door, ...payment };
}

const textOf = (path: string | undefined): string => (path === undefined ? '[]' : readFileSync(path, 'utf8'));

/** Under our names, of nobody. */
function strangersKeys(own: string): string {
  const entries = (JSON.parse(own) as OwnEntry[]).filter(({ algorithm }) => algorithm in CURVES);
  return JSON.stringify(
    entries.map(({ keyId, algorithm }) => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: CURVES[algorithm] ?? '' });
      return { keyId, algorithm, privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    }),
  );
}
