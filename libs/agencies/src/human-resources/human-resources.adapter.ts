import type {
  AgencyAdapter,
  AgencyAnswer,
  ExchangeSink,
  ListedPage,
  ListedRequest,
  ListRange,
  StepReference,
} from '@birth/application';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyHttp } from '../kit/agency-http';
import { toDigits } from '../kit/local-time';
import { broken } from '../kit/parse';
import { readXml, writeXml } from '../kit/xml';
import { HumanResourcesConfig } from './human-resources.config';
import { cardRequest, HUMAN_RESOURCES_SECTIONS, type HumanResourcesRequest, toAnswer } from './human-resources.mapper';
import { type CardRecord, ERROR_CODES, ERRORS, PROGRESS, readCard, readCards } from './human-resources.schema';

type Section = (typeof HUMAN_RESOURCES_SECTIONS)[number];
const XML_TYPE = 'application/xml';
const CARDS = '/service/card-applications';

/** 县人力社保局: XML records in batches that the agency closes; polled per record; sending twice makes two (class B). */
@Injectable()
export class HumanResourcesAdapter implements AgencyAdapter<Section> {
  readonly agency = 'human-resources';
  readonly agencyClass = 'B';
  readonly channel = 'api';
  readonly codes = { progress: PROGRESS, resultCode: ERROR_CODES };
  readonly sections = HUMAN_RESOURCES_SECTIONS;
  private readonly http: AgencyHttp;

  constructor(
    config: HumanResourcesConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.http = new AgencyHttp(
      { url: config.HUMAN_RESOURCES_URL, caFile: config.HUMAN_RESOURCES_CA_FILE },
      clock,
      ERRORS,
    );
  }

  async submit(request: HumanResourcesRequest): Promise<AgencyAnswer> {
    const { text } = await this.http.send({
      method: 'POST',
      path: CARDS,
      headers: { 'content-type': `${XML_TYPE}; charset=UTF-8` },
      body: writeXml(cardRequest(request, this.clock.now())),
      accepts: XML_TYPE,
      deadlineAt: request.deadlineAt,
      evidence: request.evidence,
    });
    const answer = toAnswer(readCard(readXml(text, 'response')));
    if (answer === 'not_found') throw broken('progress');
    return answer;
  }

  contentOf(request: HumanResourcesRequest): object {
    return cardRequest(request, 0);
  }

  /** By our key: the first record of it counts. */
  async check({ key, evidence }: StepReference, deadlineAt: number): Promise<AgencyAnswer | 'not_found'> {
    const call = { method: 'GET', path: CARDS, query: { key }, accepts: XML_TYPE, deadlineAt, evidence } as const;
    const { text } = await this.http.send(call);
    return toAnswer(readCard(readXml(text, 'response')));
  }

  /** Every record that changed in a time; a key that was sent twice has two. */
  async list(
    { from, until, after }: ListRange,
    { deadlineAt, evidence }: { deadlineAt: number; evidence: ExchangeSink },
  ): Promise<ListedPage> {
    const range = { from: toDigits(from), to: toDigits(until + 999) };
    const { text } = await this.http.send({
      method: 'GET',
      path: CARDS,
      query: { ...range, ...(after === null ? {} : { after }) },
      accepts: XML_TYPE,
      deadlineAt,
      evidence,
    });
    const { records, next } = readCards(readXml(text, 'response'));
    return { requests: records.map(listed), next };
  }
}

function listed(record: CardRecord): ListedRequest {
  const answer = toAnswer(record);
  if (answer === 'not_found') throw broken('progress');
  return { key: record.serialNo, answer };
}
