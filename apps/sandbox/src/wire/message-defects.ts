/** One thing that an agency gets wrong in what it sends by itself. */
interface MessageDefect {
  signer: string;
  /** Sendings of one message; absent: until it is taken. */
  attempts?: number;
  /** What goes out instead; `attempt` counts from 0. */
  message?(message: Readonly<Record<string, unknown>>, attempt: number): Record<string, unknown>;
  headers?(headers: Readonly<Record<string, string>>): Record<string, string>;
}

export const MESSAGE_DEFECTS = {
  'certificate-message-for-another-body': {
    signer: 'health-commission',
    headers: (headers) => ({ ...headers, 'content-digest': 'sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:' }),
  },
  'certificate-message-once': { signer: 'health-commission', attempts: 1 },
  'certificate-message-renamed': {
    signer: 'health-commission',
    message: (message, attempt) => ({ ...message, messageId: `${String(message['messageId'])}-${attempt}` }),
  },
  'premium-message-without-offset': {
    signer: 'tax-administration',
    message: (message) => ({
      ...message,
      occurredAt: String(message['occurredAt']).slice(0, 19).replace('T', ' '),
    }),
  },
  'premium-message-tells-more': {
    signer: 'tax-administration',
    message: (message) => ({ ...message, taxOfficer: '101' }),
  },
} as const satisfies Readonly<Record<string, MessageDefect>>;

export type MessageDefectName = keyof typeof MESSAGE_DEFECTS;

/** The defect of a signer's messages, where the sandbox is to have one. */
export function messageDefect(name: string, signer: string): MessageDefect | null {
  const defect = (MESSAGE_DEFECTS as Readonly<Record<string, MessageDefect>>)[name];
  return defect?.signer === signer ? defect : null;
}
