import { maskResidentId } from '@birth/standards';

/** 王* — the first character stays. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(rest.length);
};

export const maskMobile = (mobile: string): string => `${mobile.slice(0, 3)}****${mobile.slice(-2)}`;

export const maskNumber = maskResidentId;
