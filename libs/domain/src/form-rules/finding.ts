import { checkResidentId, isRegionCode } from '@birth/standards';
import type { IdentityDocument } from '../form';

export interface Finding {
  /** RFC 6901 pointer into the form. */
  pointer: string;
  /** Stable code; never a value. */
  code: string;
}

/** Collects what is wrong under one pointer. */
export class Findings {
  readonly items: Finding[] = [];

  add(pointer: string, code: string): void {
    this.items.push({ pointer, code });
  }

  addIf(isWrong: boolean, pointer: string, code: string): void {
    if (isWrong) this.add(pointer, code);
  }

  region(pointer: string, code: string): void {
    this.addIf(!isRegionCode(code), pointer, 'unknown_code');
  }

  /** GB 11643 for resident IDs; other documents are seen at the window. */
  residentId(pointer: string, number: string): { birthDate: string; sex: 'male' | 'female' } | null {
    const checked = checkResidentId(number);
    if (checked.valid) return checked;
    this.add(pointer, `bad_${checked.problem}`);
    return null;
  }

  identity(pointer: string, { type, number }: IdentityDocument): { birthDate: string; sex: 'male' | 'female' } | null {
    if (type === 'resident_id_card') return this.residentId(`${pointer}/number`, number);
    this.addIf(type !== 'none' && number === '', `${pointer}/number`, 'missing');
    return null;
  }
}
