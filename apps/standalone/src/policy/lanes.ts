import type { RoutingFacts } from '@birth/domain';

interface Lane {
  name: string;
  holds: (facts: RoutingFacts) => boolean;
}

const isHere = ({ bornIn }: RoutingFacts): boolean => bornIn === 'institution_yunyang';

/** The lanes that the policy names (P4); each must be walked by a family. */
export const LANES: readonly Lane[] = [
  { name: 'born here, registered here', holds: (facts) => isHere(facts) && facts.target === 'yunyang' },
  {
    name: 'born elsewhere in Chongqing, certificate verified',
    holds: ({ bornIn, certificate }) => bornIn === 'institution_chongqing' && certificate === 'held',
  },
  { name: 'born out of province, inside the police lane', holds: ({ lane }) => lane === 'in_lane' },
  { name: 'born out of province, outside the police lane', holds: ({ lane }) => lane === 'outside_lane' },
  { name: 'born outside an institution', holds: ({ bornIn }) => bornIn === 'outside_institution' },
  { name: 'born abroad', holds: ({ bornIn }) => bornIn === 'abroad' },
  { name: 'born here, household elsewhere', holds: (facts) => isHere(facts) && facts.target !== 'yunyang' },
  { name: 'household done already', holds: ({ residentId }) => residentId === 'held' },
  { name: 'insured already', holds: ({ insured }) => insured === 'yes' },
  { name: 'insured elsewhere', holds: ({ insuredAt }) => insuredAt === 'elsewhere' },
];
