/** Who calls, from the verified token. */
export interface Caller {
  subject: string;
  identity?: { type: string; number: string; name: string; mobile?: string };
  /** The language asked for; Chinese where none is named. */
  locale?: Locale;
}

/** What makes a request happen once. */
export interface Once {
  /** Idempotency-Key. */
  key: string;
  /** The raw body as it came; of a file, the digest of its bytes. */
  body: string;
  /** Template, e.g. `POST /v1/applications`. */
  route: string;
}

/** One step of one case, as a family's address names it. */
export interface StepRef {
  applicationId: string;
  stepId: string;
}

export interface Reply {
  status: number;
  body: unknown;
}

export type Locale = 'zh-CN' | 'en';

export const onceRow = (caller: Caller, once: Once) =>
  ({ kind: 'idempotency', subject: caller.subject, route: once.route, key: once.key, body: once.body }) as const;
