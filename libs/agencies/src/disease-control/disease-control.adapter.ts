import type { AgencyAdapter, AgencyAnswer } from '@birth/application';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyHttp } from '../kit/agency-http';
import { gatewayHeaders } from '../kit/gateway-signature';
import { readJson } from '../kit/parse';
import { DiseaseControlConfig } from './disease-control.config';
import { childRequest, DISEASE_CONTROL_SECTIONS, type DiseaseControlRequest, toAnswer } from './disease-control.mapper';
import { readReply } from './disease-control.schema';

type Section = (typeof DISEASE_CONTROL_SECTIONS)[number];

/** 疾控/接种单位: JSON at once; knows no key but the child itself (class C). */
@Injectable()
export class DiseaseControlAdapter implements AgencyAdapter<Section> {
  readonly agency = 'disease-control';
  readonly agencyClass = 'C';
  readonly channel = 'api';
  readonly sections = DISEASE_CONTROL_SECTIONS;
  private readonly http: AgencyHttp;

  constructor(
    private readonly config: DiseaseControlConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.http = new AgencyHttp(config.DISEASE_CONTROL_URL);
  }

  async submit(request: DiseaseControlRequest): Promise<AgencyAnswer> {
    const { DISEASE_CONTROL_PAASID: paasId, DISEASE_CONTROL_TOKEN: token } = this.config;
    const { text } = await this.http.send({
      method: 'POST',
      path: '/api/v1/children',
      headers: gatewayHeaders({ paasId, token }, this.clock.now()),
      body: JSON.stringify(childRequest(request)),
      accepts: 'application/json',
      deadlineAt: request.deadlineAt,
      evidence: request.evidence,
    });
    return toAnswer(readReply(readJson(text)), request);
  }
}
