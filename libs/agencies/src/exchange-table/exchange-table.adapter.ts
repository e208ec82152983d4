import {
  type AgencyAdapter,
  type AgencyAnswer,
  AgencyContractBroken,
  type ExchangeAnswer,
  type ExchangeTable,
  type SectionName,
  type StepReference,
  type SubmissionRequest,
} from '@birth/application';
import type { AgencyCode } from '@birth/domain';
import type { Clock } from '@birth/platform';
import { isLastWord, toAnswer } from './exchange-table.mapper';

/** 前置机: one row a request in a table that the agency's side polls and writes; read by our key (class A). */
export class ExchangeTableAdapter<S extends SectionName = SectionName> implements AgencyAdapter<S> {
  readonly agencyClass = 'A';
  readonly channel = 'exchange_table';

  constructor(
    readonly agency: AgencyCode,
    readonly sections: readonly S[],
    private readonly other: { table: ExchangeTable; clock: Clock },
  ) {}

  async submit(request: SubmissionRequest<S>): Promise<AgencyAnswer> {
    const { key: thirdPartyId, officeCode, code: stepCode, qualifier } = request;
    const startedAt = this.other.clock.now();
    const content = this.contentOf(request);
    const row = { thirdPartyId, agency: this.agency, officeCode, stepCode, qualifier, content, writtenAt: startedAt };
    const found = await this.other.table.put(row);
    this.record(request, { method: 'PUT', startedAt, request: JSON.stringify(content), reply: found });
    if (found === 'other_content') throw new AgencyContractBroken('the key has another request', 'content');
    return this.read(found, request);
  }

  contentOf({ code, qualifier, mode, earlierReceipt, sections }: SubmissionRequest<S>): object {
    return { code, qualifier, mode, earlierReceipt, ...sections };
  }

  async check(reference: StepReference): Promise<AgencyAnswer | 'not_found'> {
    const startedAt = this.other.clock.now();
    const found = await this.other.table.find(reference.key);
    this.record(reference, { method: 'GET', startedAt, request: '', reply: found });
    return found === null ? 'not_found' : this.read(found, reference);
  }

  private async read(found: ExchangeAnswer, reference: StepReference): Promise<AgencyAnswer> {
    const answer = toAnswer(found, reference);
    if (isLastWord(answer)) await this.other.table.wipe(reference.key);
    return answer;
  }

  private record(
    { evidence }: Pick<StepReference, 'evidence'>,
    {
      method,
      startedAt,
      request,
      reply,
    }: { method: 'GET' | 'PUT'; startedAt: number; request: string; reply: unknown },
  ): void {
    const path = `/exchange-table/${this.agency}`;
    const durationMs = this.other.clock.now() - startedAt;
    evidence.record({
      ...{ direction: 'out', method, path, status: reply === null ? 404 : 200, startedAt, durationMs, request },
      reply: JSON.stringify(reply),
    });
  }
}
