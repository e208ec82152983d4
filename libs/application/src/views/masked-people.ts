import type { ParentForm } from '@birth/domain';
import type { LoadedCase } from '../ports/case-store';
import type { MaskedPeople } from '../shapes/clerk-shapes';
import { maskMobile, maskName, maskNumber } from './masking';

/** Enough to recognise a family on the phone, not enough to misuse. */
export function maskedPeople(loaded: LoadedCase): MaskedPeople {
  const { mother, father } = loaded.open(0, ['mother', 'father']);
  return {
    mother: masked(mother),
    father: masked(father),
    newborns: loaded.state.newborns.map(({ index, bornOn }) => {
      const { name } = loaded.open(index, ['name']);
      return { index, bornOn, name: name === null ? null : maskName(name.surname + name.given) };
    }),
  };
}

const masked = (parent: ParentForm | null) =>
  parent === null
    ? null
    : {
        name: maskName(parent.name),
        identityNumber: maskNumber(parent.identity.number),
        mobile: maskMobile(parent.mobile),
      };
