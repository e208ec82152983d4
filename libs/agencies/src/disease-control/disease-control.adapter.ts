import type { AgencyAdapter, AgencyAnswer } from '@birth/application';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyHttp } from '../kit/agency-http';
import { gatewayHeaders } from '../kit/gateway-signature';
import { type Fields, readJson } from '../kit/parse';
import { DiseaseControlConfig } from './disease-control.config';
import {
  childRequest,
  DISEASE_CONTROL_SECTIONS,
  type DiseaseControlRequest,
  followAnswer,
  followRequest,
  toAnswer,
} from './disease-control.mapper';
import { ERROR_CODES, ERRORS, readFollowed, readReply, RESULT_CODES } from './disease-control.schema';

type Section = (typeof DISEASE_CONTROL_SECTIONS)[number];

/** 疾控/接种单位: JSON at once; knows no key but the child itself (class C). */
@Injectable()
export class DiseaseControlAdapter implements AgencyAdapter<Section> {
  readonly agency = 'disease-control';
  readonly agencyClass = 'C';
  readonly channel = 'api';
  readonly codes = { resultCode: RESULT_CODES, code: ERROR_CODES };
  readonly sections = DISEASE_CONTROL_SECTIONS;
  private readonly http: AgencyHttp;

  constructor(
    private readonly config: DiseaseControlConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.http = new AgencyHttp(
      { url: config.DISEASE_CONTROL_URL, caFile: config.DISEASE_CONTROL_CA_FILE },
      clock,
      ERRORS,
    );
  }

  async submit(request: DiseaseControlRequest): Promise<AgencyAnswer> {
    if (request.code === 'identity_backfill') {
      const { childCode, fields } = followRequest(request);
      const reply = await this.send('PUT', `/api/v1/children/${childCode}`, fields, request);
      return followAnswer(readFollowed(reply), fields);
    }
    return toAnswer(readReply(await this.send('POST', '/api/v1/children', childRequest(request), request)), request);
  }

  contentOf(request: DiseaseControlRequest): object {
    return request.code === 'identity_backfill' ? followRequest(request) : childRequest(request);
  }

  private async send(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    { deadlineAt, evidence }: DiseaseControlRequest,
  ): Promise<Fields> {
    const { DISEASE_CONTROL_PAASID: paasId, DISEASE_CONTROL_TOKEN: token } = this.config;
    const { text } = await this.http.send({
      method,
      path,
      headers: gatewayHeaders({ paasId, token }, this.clock.now()),
      body: JSON.stringify(body),
      accepts: 'application/json',
      deadlineAt,
      evidence,
    });
    return readJson(text);
  }
}
