/** The other side keeps its own list: it shares no code with the platform's domain. */
export const AGENCIES = [
  'health-commission',
  'disease-control',
  'public-security',
  'medical-insurance',
  'human-resources',
  'tax-administration',
] as const;
export type Agency = (typeof AGENCIES)[number];

export const isAgency = (text: string): text is Agency => (AGENCIES as readonly string[]).includes(text);
