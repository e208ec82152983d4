import type { ExchangeAnswer, ExchangeFlag, ExchangeRequest, ExchangeTable } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

interface Row {
  flag: ExchangeFlag;
  flag_ms: string | null;
  receipt: string | null;
  error_text: string | null;
  error_fields: unknown;
  result: unknown;
  refusal: unknown;
  is_same?: boolean;
}

const ANSWER = 'flag, ms(flag_at) as flag_ms, receipt, error_text, error_fields, result, refusal';

const answerOf = (row: Row): ExchangeAnswer => ({
  flag: row.flag,
  flagAt: row.flag_ms === null ? null : Number(row.flag_ms),
  receipt: row.receipt,
  errorText: row.error_text,
  errorFields: row.error_fields,
  result: row.result,
  refusal: row.refusal,
});

@Injectable()
export class PostgresExchangeTable implements ExchangeTable {
  constructor(private readonly database: Database) {}

  async put(request: ExchangeRequest): Promise<ExchangeAnswer | 'other_content'> {
    const { thirdPartyId, agency, officeCode, stepCode, qualifier, content, writtenAt } = request;
    const [row] = await this.database.query<Row>({
      name: 'exchange_put',
      text: `insert into exchange.step_request (third_party_id, agency, office_code, step_code, qualifier, content, written_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (third_party_id) do update set third_party_id = excluded.third_party_id
        returning ${ANSWER}, content is null or content = $6::jsonb as is_same`,
      values: [thirdPartyId, agency, officeCode, stepCode, qualifier, JSON.stringify(content), new Date(writtenAt)],
    });
    return row?.is_same === true ? answerOf(row) : 'other_content';
  }

  async find(thirdPartyId: string): Promise<ExchangeAnswer | null> {
    const [row] = await this.database.query<Row>({
      name: 'exchange_find',
      text: `select ${ANSWER} from exchange.step_request where third_party_id = $1`,
      values: [thirdPartyId],
    });
    return row === undefined ? null : answerOf(row);
  }

  async wipe(thirdPartyId: string): Promise<void> {
    await this.database.query({
      name: 'exchange_wipe',
      text: 'update exchange.step_request set content = null where third_party_id = $1 and content is not null',
      values: [thirdPartyId],
    });
  }
}
