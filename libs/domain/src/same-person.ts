/** A paper that says who somebody is, as the form, a token and a hospital give it. */
interface Paper {
  type: string;
  number: string;
}

/** `none` and an empty number name everybody who has no paper, so they prove nobody. */
export const isProof = ({ type, number }: Paper): boolean => type !== 'none' && number !== '';

export const isSamePerson = (one: Paper, other: Paper): boolean =>
  isProof(one) && one.type === other.type && one.number === other.number;
