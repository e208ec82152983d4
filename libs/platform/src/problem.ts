export interface FieldProblem {
  /** RFC 6901 pointer into the request body. */
  pointer: string;
  code: string;
  message?: string;
}

/** A refusal that a caller can act on: HTTP status, stable code, fields; rendered as RFC 9457 problem+json. No value of a person. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly options: {
      errors?: readonly FieldProblem[];
      retryAfterSeconds?: number;
      extra?: Record<string, unknown>;
    } = {},
  ) {
    super(code);
  }
}
