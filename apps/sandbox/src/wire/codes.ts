import { matching, oneOf, orNull, text, type Rule } from './field-check';

/** Rules that several agencies happen to share. */
export const region6: Rule = matching(/^\d{6}$/);
export const region: Rule = matching(/^\d{6}(\d{3}){0,2}$/);
export const sexCode: Rule = oneOf('1', '2');
export const ethnicity: Rule = matching(/^(\d{2}|\/)$/);
export const nationality: Rule = matching(/^[A-Z]{3}$/);
export const certificateNumber: Rule = matching(/^[A-Z]\d{9}$/);
export const residentId: Rule = matching(/^\d{17}[\dX]$/);
export const uuid: Rule = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
export const optionalText: Rule = orNull(text());
export const withdrawalReason: Rule = oneOf('1', '2');

export const sexOf = (code: unknown): 'male' | 'female' => (code === '1' ? 'male' : 'female');
