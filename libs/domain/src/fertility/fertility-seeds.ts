import { isRegionCode, isSocialCreditCode } from '@birth/standards';
import type { FertilitySettings } from './fertility-registration';

interface Sourced {
  value: number;
  source: string;
  assumed: boolean;
}

/** seeds/fertility/settings.json */
export type RawFertilitySettings = Record<keyof FertilitySettings, Sourced>;

/** The town or street that takes declarations. */
export interface FertilityOffice {
  code: string;
  name: string;
  socialCreditCode: string;
  /** GB/T 10114, 9 digits. */
  town: string;
  address: string;
  phone: string;
  hours: string;
  assumed: boolean;
}

const NAMES = ['officeWorkingDays', 'evidenceDays', 'checkWorkingDays'] as const;

/** Throws with the first setting that is missing, has no source or is no positive whole number. */
export function readFertilitySettings(raw: RawFertilitySettings): FertilitySettings {
  for (const name of NAMES) {
    const setting = raw[name];
    if (!setting?.source) throw new Error(`fertility settings: ${name} has no source`);
    if (!Number.isInteger(setting.value) || setting.value < 1) {
      throw new Error(`fertility settings: ${name} is no number of days`);
    }
  }
  return {
    officeWorkingDays: raw.officeWorkingDays.value,
    evidenceDays: raw.evidenceDays.value,
    checkWorkingDays: raw.checkWorkingDays.value,
  };
}

/** Throws with the first office and field that is wrong. */
export function readFertilityOffices(offices: readonly FertilityOffice[]): readonly FertilityOffice[] {
  const codes = new Set<string>();
  for (const { code, socialCreditCode, town } of offices) {
    if (codes.has(code)) throw new Error(`fertility office ${code}: appears twice`);
    if (!isSocialCreditCode(socialCreditCode)) throw new Error(`fertility office ${code}: socialCreditCode`);
    if (!isRegionCode(town)) throw new Error(`fertility office ${code}: town`);
    codes.add(code);
  }
  return offices;
}

/** The office of a region; null where the region lies in no town of this county. */
export const fertilityOfficeOf = (offices: readonly FertilityOffice[], region: string): FertilityOffice | null =>
  offices.find(({ town }) => region.startsWith(town)) ?? null;
